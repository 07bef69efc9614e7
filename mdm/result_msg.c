/* SPDX-License-Identifier: EUPL-1.2 */
/* An iPad's answer or poll: bytes to struct. What cannot be read is searched for the two words
 * that keep the line moving. */
#include "mdm/queue_int.h"

#include "base/text.h"

#define UUID_MOST 64
#define ERROR_MOST 1000

static const struct {
	const char *word;
	enum mdm_status status;
} words[] = {{"Idle", MDM_STATUS_IDLE}, {"Acknowledged", MDM_STATUS_ACKNOWLEDGED},
	{"Error", MDM_STATUS_ERROR}, {"CommandFormatError", MDM_STATUS_FORMAT_ERROR},
	{"NotNow", MDM_STATUS_NOT_NOW}};

static enum mdm_status status_parse(const char *s)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (text_equal(words[i].word, s))
			return words[i].status;
	return MDM_STATUS_NONE;
}

/* Fit to be a key and to be shown; NULL for anything else. */
static const char *id_checked(const char *s, size_t most)
{
	return !text_empty(s) && strlen(s) <= most && mdm_id_is_plain(s) ? s : NULL;
}

/* --- errors --- */

static void chain_add(struct buf *out, const struct mdm_plist *chain, int64_t *code)
{
	for (const struct mdm_plist *p = mdm_plist_first(chain); p; p = p->next) {
		const char *domain = mdm_plist_str(p, "ErrorDomain");
		const char *words_ = mdm_plist_str(p, "USEnglishDescription");
		int64_t n;

		if (!words_)
			words_ = mdm_plist_str(p, "LocalizedDescription");
		if (out->n)
			buf_add_str(out, "; ");
		buf_add_str(out, domain ? domain : "?");
		if (mdm_plist_int(p, "ErrorCode", &n) == 0) {
			buf_printf(out, " %lld", (long long)n);
			if (*code == 0)
				*code = n;
		}
		buf_printf(out, ": %s", words_ ? words_ : "?");
	}
}

/* Cut where a character ends. */
static const char *text_cut(struct arena *a, const struct buf *b)
{
	size_t n = b->n < ERROR_MOST ? b->n : ERROR_MOST;

	while (n < b->n && n > 0 && (b->p[n] & 0xc0) == 0x80)
		n--;
	return n ? arena_strndup(a, b->p, n) : NULL;
}

/* Each thing set is answered on its own; one that failed must not hide behind the others. */
static void settings_add(struct buf *out, const struct mdm_plist *root, struct mdm_result *r)
{
	int64_t place = 0;

	for (const struct mdm_plist *p = mdm_plist_first(mdm_plist_array(root, "Settings")); p;
		p = p->next) {
		const char *status = mdm_plist_str(p, "Status");

		place++;
		if (!status || status_parse(status) == MDM_STATUS_ACKNOWLEDGED)
			continue;
		r->in_part = true;
		if (out->n)
			buf_add_str(out, "; ");
		buf_printf(out, "Settings[%lld] %s", (long long)place, status);
		chain_add(out, mdm_plist_array(p, "ErrorChain"), &r->error_code);
	}
}

static void error_read(const struct mdm_plist *root, struct arena *a, struct mdm_result *r)
{
	AUTO(buf) struct buf b = BUF_INIT(256 * 1024);

	chain_add(&b, mdm_plist_array(root, "ErrorChain"), &r->error_code);
	if (r->status == MDM_STATUS_ACKNOWLEDGED)
		settings_add(&b, root, r);
	r->error = text_cut(a, &b);
}

/* --- the wreck --- */

static const uint8_t *find(struct bytes in, const char *what)
{
	return memmem(in.p, in.n, what, strlen(what));
}

static struct bytes rest_from(struct bytes in, const uint8_t *p)
{
	return bytes_of(p, in.n - (size_t)(p - in.p));
}

/* The text of <key>name</key><string>text</string>, wherever it stands. */
static const char *wreck_str(struct bytes in, struct arena *a, const char *name)
{
	const char *key = arena_printf(a, "<key>%s</key>", name);
	const uint8_t *p = in.n ? find(in, key) : NULL, *end;
	struct bytes rest;

	if (!p)
		return NULL;
	rest = rest_from(in, p + strlen(key));
	while (rest.n && (*rest.p == ' ' || *rest.p == '\t' || *rest.p == '\n' || *rest.p == '\r'))
		rest = bytes_of(rest.p + 1, rest.n - 1);
	if (rest.n < 8 || memcmp(rest.p, "<string>", 8) != 0)
		return NULL;
	rest = bytes_of(rest.p + 8, rest.n - 8);
	end = memchr(rest.p, '<', rest.n < UUID_MOST + 1 ? rest.n : UUID_MOST + 1);
	if (!end || memchr(rest.p, '\0', (size_t)(end - rest.p)))
		return NULL;
	return id_checked(arena_strndup(a, rest.p, (size_t)(end - rest.p)), UUID_MOST);
}

static void wreck_read(struct bytes in, struct arena *a, struct mdm_result *r)
{
	r->uuid = wreck_str(in, a, "CommandUUID");
	r->status = status_parse(wreck_str(in, a, "Status"));
}

/* --- the whole --- */

static int channel_check(const struct mdm_plist *root)
{
	bool user = mdm_plist_get(root, "UserID") || mdm_plist_get(root, "EnrollmentUserID");
	bool account = mdm_plist_get(root, "EnrollmentID") && !mdm_plist_get(root, "UDID");

	return user || account ? ERR_UNSUPPORTED : 0;
}

/* A property list that is no answer at all is refused; one that is, with a status that we do not
 * know, ends its command as unreadable. */
static int root_read(const struct mdm_plist *root, struct arena *a, struct mdm_result *r)
{
	int err = channel_check(root);

	if (err)
		return err;
	r->udid = id_checked(mdm_plist_str(root, "UDID"), MDM_UDID_MAX);
	r->uuid = id_checked(mdm_plist_str(root, "CommandUUID"), UUID_MOST);
	r->status = status_parse(mdm_plist_str(root, "Status"));
	r->type = id_checked(mdm_plist_str(root, "RequestType"), UUID_MOST);
	if (!r->udid || (!r->uuid && r->status != MDM_STATUS_IDLE))
		return ERR_BADINPUT;
	r->readable = r->status != MDM_STATUS_NONE;
	if (r->readable) {
		r->root = root;
		error_read(root, a, r);
	}
	return 0;
}

int mdm_result_parse(struct bytes in, struct arena *a, struct mdm_result *ret)
{
	struct mdm_result r = {0};
	struct mdm_plist *root;
	int err = mdm_plist_parse(in, NULL, a, &root);

	if (err == 0) {
		err = root_read(root, a, &r);
		if (err)
			return err;
	} else {
		wreck_read(in, a, &r);
	}
	*ret = r;
	return 0;
}
