/* SPDX-License-Identifier: EUPL-1.2 */
/* Every key of hylla.conf with its default; `hylla init` writes them out as comments. */
#include "server/house.h"

#define YEAR_S (365LL * 86400)
#define KEEP(s, k, kind, otherwise, min, max, help)   \
	{                                             \
		s, k, kind, otherwise, min, max, help \
	}

const struct conf_key house_conf_keys[] = {
	KEEP("server", "organisation", CONF_STR, "Kommunen", 0, 0,
		"who the iPads say they belong to; also the CA's name"),
	KEEP("server", "contact", CONF_STR, "", 0, 0,
		"whom pages tell people to ask: a telephone number, or an e-mail address"),
	KEEP("server", "language", CONF_STR, "sv", 0, 0,
		"sv, fi or en: for people whose client names none"),
	KEEP("server", "zone", CONF_STR, "Europe/Stockholm", 0, 0, "time zone of people's dates"),
	KEEP("server", "log", CONF_STR, "info", 0, 0, "error, warn, info or debug"),
	KEEP("server", "stop_wait", CONF_SPAN, "20s", 0, 600,
		"how long a stopping server lets requests finish"),

	KEEP("store", "seal_key", CONF_STR, "seal.key", 0, 0,
		"file of the sealing keys; keep it, and its copy, away from the store's backups"),
	KEEP("store", "map_gib", CONF_INT, "1024", 1, 65536,
		"address space kept for the store to grow in, GiB; no memory is used"),

	KEEP("device", "listen", CONF_STR, "127.0.0.1:8443", 0, 0,
		"where the iPads call: address:port, empty for off"),
	KEEP("device", "url", CONF_STR, "https://localhost:8443", 0, 0,
		"the same as the iPads must write it; fixed for the life of each enrolment"),
	KEEP("device", "tls_cert", CONF_STR, "tls.crt", 0, 0, "PEM, leaf first; empty: plain HTTP"),
	KEEP("device", "tls_key", CONF_STR, "tls.key", 0, 0, "PEM"),
	KEEP("device", "trusted_proxies", CONF_LIST, "", 0, 0,
		"addresses or CIDR of reverse proxies that may name the client and its "
		"certificate"),
	KEEP("device", "client_cert_header", CONF_STR, "", 0, 0,
		"Client-Cert or X-SSL-Client-Cert: the one header in which those proxies, always, "
		"hand on the client's certificate; empty: none"),
	KEEP("device", "connections", CONF_INT, "4000", 1, 100000, "at most, at once"),
	KEEP("device", "connections_per_address", CONF_INT, "2000", 1, 100000,
		"at most from one address; a municipality's iPads may share one"),

	KEEP("staff", "listen", CONF_STR, "127.0.0.1:8444", 0, 0,
		"where staff and programs call; may be the same as device.listen"),
	KEEP("staff", "tls_cert", CONF_STR, "tls.crt", 0, 0, "PEM, leaf first; empty: plain HTTP"),
	KEEP("staff", "tls_key", CONF_STR, "tls.key", 0, 0, "PEM"),
	KEEP("staff", "trusted_proxies", CONF_LIST, "", 0, 0, "as for device"),
	KEEP("staff", "connections", CONF_INT, "500", 1, 100000, "at most, at once"),
	KEEP("staff", "connections_per_address", CONF_INT, "200", 1, 100000,
		"at most from one address"),

	KEEP("public", "listen", CONF_STR, "127.0.0.1:8445", 0, 0,
		"where anybody may read what Hylla promises; empty for off"),
	KEEP("public", "tls_cert", CONF_STR, "tls.crt", 0, 0, "PEM, leaf first; empty: plain HTTP"),
	KEEP("public", "tls_key", CONF_STR, "tls.key", 0, 0, "PEM"),
	KEEP("public", "trusted_proxies", CONF_LIST, "", 0, 0, "as for device"),
	KEEP("public", "connections", CONF_INT, "500", 1, 100000, "at most, at once"),
	KEEP("public", "connections_per_address", CONF_INT, "50", 1, 100000,
		"at most from one address"),

	KEEP("public", "url", CONF_STR, "", 0, 0,
		"the same as an iPad must write it, for the links of surveys; empty: no surveys"),

	KEEP("mailing", "quiet", CONF_STR, "20:00-08:00", 0, 0,
		"when mailings wait, in people's time; empty: never"),

	KEEP("http", "header_time", CONF_SPAN, "10s", 1, 600, "to send a request's headers"),
	KEEP("http", "body_time", CONF_SPAN, "30s", 1, 3600, "to send a request's body"),
	KEEP("http", "idle_time", CONF_SPAN, "60s", 1, 3600, "between requests"),

	KEEP("apns", "host", CONF_STR, "api.push.apple.com", 0, 0,
		"Apple's push service, or an egress proxy in its place"),
	KEEP("apns", "port", CONF_INT, "443", 1, 65535, "443 or 2197"),
	KEEP("apns", "root", CONF_STR, "", 0, 0, "PEM of trusted roots; empty: the system's"),
	KEEP("apns", "streams", CONF_INT, "500", 1, 1000, "pushes under way at once"),

	KEEP("net", "proxy", CONF_STR, "", 0, 0,
		"http://host:port that what leaves the house goes through; empty: none"),
	KEEP("net", "trust", CONF_STR, "", 0, 0,
		"PEM of the roots that others are checked against; empty: the system's"),
	KEEP("net", "inside", CONF_LIST, "", 0, 0,
		"addresses or CIDR that webhooks may reach although they are not public"),

	KEEP("mail", "host", CONF_STR, "", 0, 0, "mail server that takes our mail; empty: no mail"),
	KEEP("mail", "port", CONF_INT, "0", 0, 65535, "0: 587, 465 or 25, by security"),
	KEEP("mail", "security", CONF_STR, "starttls", 0, 0,
		"starttls, tls (from the first byte) or plain (a relay on this machine)"),
	KEEP("mail", "from", CONF_STR, "", 0, 0, "the address our mail comes from"),
	KEEP("mail", "user", CONF_STR, "", 0, 0, "account at the mail server; empty: none"),
	KEEP("mail", "password_file", CONF_STR, "", 0, 0,
		"file with that account's password, readable by the server's user alone"),
	KEEP("alarm", "to", CONF_LIST, "", 0, 0,
		"who is mailed before a date silences the fleet; empty: nobody"),

	KEEP("ade", "url", CONF_STR, "https://mdmenrollment.apple.com", 0, 0,
		"Apple's device assignment"),
	KEEP("ade", "unlock_url", CONF_STR, "", 0, 0,
		"where Activation Locks are opened; empty: Apple's own"),
	KEEP("ade", "root", CONF_STR, "", 0, 0,
		"PEM of the roots of both; empty: those of net.trust"),
	KEEP("ade", "device_ca", CONF_STR, "", 0, 0,
		"PEM of Apple's device CA, which proves that an iPad is one; empty: none enrols "
		"by itself"),
	KEEP("ade", "sync_every", CONF_SPAN, "30m", 60, 86400,
		"how often Apple is asked what is new"),
	KEEP("ade", "await_limit", CONF_SPAN, "10m", 60, 86400,
		"an iPad is let out of Setup Assistant then, with its set-up done or not"),
	KEEP("ade", "profile_name", CONF_STR, "Hylla", 0, 0,
		"name of our profile in Apple's portal"),
	KEEP("ade", "department", CONF_STR, "", 0, 0, "shown by Setup Assistant"),
	KEEP("ade", "support_phone", CONF_STR, "", 0, 0, "shown by Setup Assistant"),
	KEEP("ade", "support_email", CONF_STR, "", 0, 0, "shown by Setup Assistant"),
	KEEP("ade", "skip", CONF_LIST, "", 0, 0,
		"panes of Setup Assistant that are skipped; empty: those that suit our seniors"),
	KEEP("ade", "minimum_os", CONF_STR, "", 0, 0,
		"an older iPadOS updates before it enrols, \"18.2\"; empty: any may"),

	KEEP("mdm", "profile_id", CONF_STR, "se.hylla.mdm", 0, 0,
		"PayloadIdentifier of the enrolment profile; never change it"),
	KEEP("mdm", "challenge_life", CONF_SPAN, "1h", 60, 30 * 86400,
		"how long a fetched enrolment profile may be used"),
	KEEP("mdm", "identity_life", CONF_SPAN, "1826d", 86400, 20 * YEAR_S,
		"of a new device identity: the lease plus margin"),
	KEEP("mdm", "ca_years", CONF_INT, "20", 2, 40, "life of the CA made by init"),
	KEEP("mdm", "renew_before", CONF_SPAN, "90d", 3600, 5 * YEAR_S,
		"how long before its end an identity is renewed"),
	KEEP("mdm", "renew_per_hour", CONF_INT, "60", 1, 100000, "renewals started, at most"),
	KEEP("mdm", "sign_profiles", CONF_BOOL, "true", 0, 0, "sign the enrolment profile"),
	KEEP("mdm", "trust_ca_in_profile", CONF_BOOL, "true", 0, 0,
		"put our CA in the profile as a root: needed when tls_cert is from it"),
	KEEP("mdm", "allow_apps", CONF_BOOL, "false", 0, 0,
		"administrators may send apps to iPads, not only surveys and educational material"),
	KEEP("mdm", "refuse_old_algorithms", CONF_BOOL, "false", 0, 0,
		"SCEP: refuse single DES, 3DES, MD5 and SHA-1 in requests"),
	{0},
};
