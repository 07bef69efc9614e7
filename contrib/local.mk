# contrib: what a machine runs Hylla with.
EXTRA_DIST += contrib/systemd/hylla.service.in contrib/systemd/hylla-device.socket \
	contrib/systemd/hylla.sysusers
systemdsystemunit_DATA = contrib/systemd/hylla.service
CLEANFILES += contrib/systemd/hylla.service

# Built without libsystemd, the server tells nobody that it is ready or that it lives.
contrib/systemd/hylla.service: contrib/systemd/hylla.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) contrib/systemd && \
	if test -n "$(SYSTEMD_LIBS)"; then more=; else more='s/^Type=notify/Type=simple/;/^WatchdogSec=/d'; fi && \
	sed -e 's|@bindir[@]|$(bindir)|' -e "$$more" $(srcdir)/contrib/systemd/hylla.service.in >$@.tmp && \
	mv $@.tmp $@
