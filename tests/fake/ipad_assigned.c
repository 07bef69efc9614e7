/* SPDX-License-Identifier: EUPL-1.2 */
/* Enrolment by device assignment: the box is opened, the iPad asks for its profile by itself. */
#include "tests/fake/ipad_int.h"
#include "base/doc.h"
#include "base/text.h"
#include "tests/fake/device_assignment.h"

static struct bytes machine_info(struct ipad *p, struct arena *a)
{
	plist_t m = ipad_plist_new(a);

	ipad_plist_set_string(m, "UDID", p->model.udid);
	ipad_plist_set_string(m, "SERIAL", p->model.serial);
	ipad_plist_set_string(m, "PRODUCT", p->model.product);
	ipad_plist_set_string(m, "OS_VERSION", p->model.os_version);
	ipad_plist_set_string(m, "VERSION", p->model.build);
	ipad_plist_set_string(m, "LANGUAGE", "sv");
	if (p->model.imei)
		ipad_plist_set_string(m, "IMEI", p->model.imei);
	ipad_plist_set_bool(m, "MDM_CAN_REQUEST_SOFTWARE_UPDATE", true);
	return ipad_plist_xml(a, m);
}

/* The anchors of the profile are trusted for the one question. */
static int anchors_take(struct ipad *p, struct arena *a, const struct doc *profile)
{
	const struct doc *list = doc_list(profile, "anchor_certs");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		struct client_trust *wider = client_trust_copy(p->trust);
		struct bytes der;

		if (text_parse_base64(a, bytes_of_str(doc_list_str(list, i)), &der) != 0 ||
			client_trust_der(wider, der) != 0) {
			client_trust_free(wider);
			return ipad_refuse(p, "assigned profile: an anchor that is none");
		}
		client_trust_free(p->trust);
		p->trust = wider;
	}
	return 0;
}

/* It updates, and comes again. */
static bool update_take(struct ipad *p, struct arena *a, const struct ipad_reply *r)
{
	struct doc *d;
	const char *to;

	if (r->status != 403 || doc_parse(a, r->body, &d) != 0 ||
		!text_equal(doc_str(d, "code"), "com.apple.softwareupdate.required"))
		return false;
	to = doc_str(doc_object(d, "details"), "OSVersion");
	if (!to)
		return false;
	ipad_string_set((char **)&p->model.os_version, to);
	ipad_tell(p, IPAD_EV_RESTARTED, "updated to %s", to);
	return true;
}

static int ask(struct ipad *p, struct device_assignment *da, const char *url, struct arena *a,
	struct bytes *ret)
{
	struct ipad_request rq = {
		.method = "POST", .url = url, .content_type = "application/pkcs7-signature"};
	struct ipad_reply reply;
	int err;

	for (int i = 0; i < 2; i++) {
		rq.body = device_assignment_sign(da, a, machine_info(p, a), false);
		err = ipad_send(p, &rq, a, &reply);
		if (err || !update_take(p, a, &reply))
			break;
	}
	if (err)
		return err;
	if (reply.status != 200) {
		ipad_refuse(p, "assigned profile: HTTP status %d", reply.status);
		return ERR_DENIED;
	}
	if (!text_equal(reply.content_type, IPAD_TYPE_PROFILE))
		return ipad_refuse(p, "assigned profile: content type is %s",
			reply.content_type ? reply.content_type : "missing");
	*ret = reply.body;
	return 0;
}

int ipad_enrol_assigned(struct ipad *p, struct device_assignment *da)
{
	AUTO(arena) struct arena *a = arena_new();
	struct device_assignment_status s;
	struct bytes profile;
	struct doc *d;
	int err = device_assignment_status(da, a, p->model.serial, &s);

	if (err || !s.profile)
		return ERR_NOTFOUND; /* Setup Assistant goes on without management */
	if (s.locked)
		return ERR_DENIED; /* Activation Lock comes first */
	if (doc_parse(a, bytes_of_str(s.profile), &d) != 0)
		return ipad_refuse(p, "assigned profile: no JSON");
	if (p->state.enrolled)
		return ERR_CONFLICT;
	p->state.unenrolled = false;
	p->state.awaiting = doc_bool(d, "await_device_configured", false);
	if (p->state.awaiting) /* a passcode is chosen behind the gate */
		p->state.passcode = p->state.locked = false;
	err = anchors_take(p, a, d);
	if (!err)
		err = ask(p, da, doc_str(d, "url"), a, &profile);
	if (!err)
		err = ipad_enrol_profile(p, profile);
	return err;
}
