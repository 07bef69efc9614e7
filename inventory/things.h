/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The part of inventory.h (which includes it) for what there is to know about things: products,
 * kits, SIMs, places, transfers, leases and deliveries, faults, safety notices, photos, search.
 * Every act is one transaction with its line in the audit log.
 */
#ifndef INVENTORY_THINGS_H
#define INVENTORY_THINGS_H

/* --- products --- */
enum inv_kind {
	INV_KIND_IPAD = 1,
	INV_KIND_THING,
	INV_KIND_SIM,
	INV_KIND_KIT,
	INV_KIND_CONSUMABLE,
	INV_KINDS
};
enum inv_life { INV_LIFE_INTRODUCE = 1, INV_LIFE_USE, INV_LIFE_EVALUATE, INV_LIFE_END, INV_LIVES };
enum inv_privacy { /* what it can know of the one who uses it */
	INV_PRIVACY_NONE = 1,
	INV_PRIVACY_SENSOR,
	INV_PRIVACY_POSITION,
	INV_PRIVACY_BLURRED,
	INV_PRIVACY_CAMERA,
	INV_PRIVACIES
};
struct inv_product {
	const char *id; /* key: small letters, digits, hyphens */
	uint32_t kind;
	const char *name[SAY_LANGS], *about[SAY_LANGS], *help[SAY_LANGS];
	const char *category; /* a word of inv_category_say(), or free */
	const char *maker, *model, *gtin, *iso9999;
	int64_t price_ore;  /* what a lost one costs: of the price table in force (price.h) */
	uint32_t loan_days; /* 0: as the rules say */
	uint32_t zone, privacy, life;
	bool lendable;     /* false: only shown, installed or prescribed */
	bool display_only; /* visningsexemplar */
	bool prescribed;   /* by health care: not lent here */
	bool sold;         /* private people can buy it */
	int64_t sold_ore;  /* at about */
	const char *sold_where;
	const char *prefix; /* of item numbers made for it: "VB"; NULL: "INV" */
	uint64_t photo;
	uint32_t version; /* rises with each change as a whole; put: the one it was made from, 0: whichever */
	int64_t made_at, changed_at;
	uint32_t rating_sum, ratings; /* "was it of use?", 1 to 5 */
	bool starter;                 /* from the catalogue that comes with the program */
	/* Whether the open catalogue shows it. Kept as INV_SHOWN_…; of one that nobody has said it of, as
	 * inv_product_shown_at_first() has it. */
	bool shown;
	uint32_t shown_kept;
	struct bytes unknown;
};
enum { INV_SHOWN_NO = 1, INV_SHOWN_YES };
/* Pure: what the library lends of the starter catalogue; nothing of care's, and nothing made here. */
bool inv_product_shown_at_first(const struct inv_product *p);
int inv_product_id_parse(struct arena *a, const char *s, const char **ret) MUST_CHECK;
int inv_product_get(
	struct store_txn *txn, struct arena *a, const char *id, struct inv_product *ret) MUST_CHECK;
const char *inv_product_name(const struct inv_product *p, enum say_lang lang);
/* In the open catalogue: marked so, and still used. */
bool inv_product_is_shown(const struct inv_product *p);
struct inv_product_ask {
	const char *category; /* NULL: all */
	unsigned kind, life;  /* 0: all */
	bool lendable_only, shown_only;
	const char *after; /* a ret_next; ERR_BADINPUT: no product that can be listed so */
	size_t most;
};
/* In Swedish order of their Swedish names. Those that are shown have an index of their own: reads no others. */
int inv_product_list(struct store_txn *txn, struct arena *a, const struct inv_product_ask *ask,
	struct inv_product **ret, size_t *ret_n, const char **ret_next) MUST_CHECK;
/* New, or changed as a whole: not one of another service, and no price but by an administrator. */
int inv_product_put(struct inv *inv, const struct inv_act *act, const struct inv_product *p,
	bool must_be_new, struct refusal *r) MUST_CHECK;
/* Only one that no unit is of. */
int inv_product_del(
	struct inv *inv, const struct inv_act *act, const char *id, struct refusal *r) MUST_CHECK;
/* Inside the caller's transaction: 1 to 5, from the question at a loan's end. */
int inv_product_rate(struct store_txn *txn, const char *id, unsigned stars) MUST_CHECK;
/* The product of a unit, or one made of what the unit itself says (kind iPad when enrolled). */
int inv_unit_product(struct store_txn *txn, struct arena *a, const struct inv_unit *u,
	struct inv_product *ret) MUST_CHECK;
const char *inv_kind_name(unsigned kind);
int inv_kind_parse(const char *s, enum inv_kind *ret) MUST_CHECK;
const struct say *inv_kind_say(unsigned kind);
const char *inv_life_name(unsigned life);
int inv_life_parse(const char *s, enum inv_life *ret) MUST_CHECK;
const struct say *inv_life_say(unsigned life);
const char *inv_privacy_name(unsigned privacy);
int inv_privacy_parse(const char *s, enum inv_privacy *ret) MUST_CHECK;
const struct say *inv_privacy_say(unsigned privacy);
const char *inv_condition_name(unsigned condition);
int inv_condition_parse(const char *s, enum inv_condition *ret) MUST_CHECK;
const struct say *inv_condition_say(unsigned condition);
const char *inv_ownership_name(unsigned ownership);
int inv_ownership_parse(const char *s, enum inv_ownership *ret) MUST_CHECK;
const struct say *inv_ownership_say(unsigned ownership);
/* NULL for a category of their own. */
const struct say *inv_category_say(const char *category);
/* From 1; "unknown" behind the last. */
const char *inv_category_name(unsigned i);
/* The starter catalogue; products that are there already are left as they are. */
int inv_catalogue_load(struct inv *inv, const struct audit_who *who, int64_t now, unsigned *ret_new,
	unsigned *ret_there) MUST_CHECK;

/* --- new things, changed things --- */
/* What a list, a form or a program says of a thing: NULL or -1 is "nothing said", "" clears. */
struct inv_fields {
	const char *item_number, *product, *product_id, *lease, *imei, *sim, *note;
	const char *place, *home, *maker_serial, *lot, *model, *supplier, *delivery;
	const char *condition_note;
	int condition, ownership, zone, display;
	int64_t lease_ends_at, price_ore;
	int32_t made_day, expires_day, bought_day; /* 0 clears */
};
#define INV_FIELDS_NONE                       \
	((struct inv_fields){.condition = -1, \
		.ownership = -1,              \
		.zone = -1,                   \
		.display = -1,                \
		.lease_ends_at = -1,          \
		.price_ore = -1,              \
		.made_day = -1,               \
		.expires_day = -1,            \
		.bought_day = -1})
struct inv_new {
	struct inv_fields f;
	const char *serial;   /* the key; NULL: our item number, which is made when there is none */
	enum inv_state state; /* 0: in stock */
	unsigned count;       /* 0: one; more only without codes of its own */
};
/* `ret_serials` has `count` keys in the arena. */
int inv_unit_make(struct inv *inv, const struct audit_who *who, const struct inv_new *n,
	int64_t now, struct arena *a, struct refusal *r, const char ***ret_serials) MUST_CHECK;
int inv_unit_change(struct inv *inv, const struct inv_act *act, const struct inv_fields *f,
	struct refusal *r) MUST_CHECK;
/* The number of the police report of what is lost, stolen or given up, when it is known later than
 * the loss; it stands in its history as well. */
int inv_unit_police(struct inv *inv, const struct inv_act *act, const char *number,
	struct refusal *r) MUST_CHECK;
/* A line in its story: no personnummer. */
int inv_unit_note(
	struct inv *inv, const struct inv_act *act, const char *text, struct refusal *r) MUST_CHECK;

/* --- kits --- */
/* One line of a kit, or of a product's template for kits (then `kit` is a product id). */
struct inv_part {
	const char *kit;
	uint32_t pos;        /* 1.. */
	const char *name;    /* for people; NULL: the product's */
	const char *product; /* product id, or NULL */
	const char *unit;    /* serial of the unit that is this part; NULL: only counted */
	uint32_t expected, present;
	bool consumable; /* batteries: not missed, only topped up */
	bool optional;   /* its absence is noted but nothing is asked for */
	const char *note;
	struct bytes unknown;
};
#define INV_PARTS 50
int inv_kit_parts(struct store_txn *txn, struct arena *a, const char *serial, struct inv_part **ret,
	size_t *ret_n) MUST_CHECK;
int inv_template_parts(struct store_txn *txn, struct arena *a, const char *product_id,
	struct inv_part **ret, size_t *ret_n) MUST_CHECK;
/* The whole template anew. */
int inv_template_put(struct inv *inv, const struct inv_act *act, const char *product_id,
	const struct inv_part *parts, size_t n, struct refusal *r) MUST_CHECK;
/* Gives a unit the lines of its product's template, all counted as present; refused when it has
 * lines already. */
int inv_kit_begin(struct inv *inv, const struct inv_act *act, struct refusal *r) MUST_CHECK;
/* Adds a line; with `unit` a code of the unit that becomes part of it (it goes where the kit is,
 * and takes its state). */
int inv_kit_add(struct inv *inv, const struct inv_act *act, const struct inv_part *p,
	struct refusal *r) MUST_CHECK;
int inv_kit_drop(
	struct inv *inv, const struct inv_act *act, uint32_t pos, struct refusal *r) MUST_CHECK;
/* What was seen of a line when it came back. */
struct inv_part_seen {
	uint32_t pos, present;
	const char *note;
};
/*
 * Inside the caller's transaction: the kit `u` (as loaded) is counted, line by line; lines that
 * are not in `seen` stay as they were. What is missing lands in *ret_missing (borrowed from the
 * arena): lines with present < expected that are neither consumable nor optional. A unit that
 * did not come back becomes INV_MISSING; one that is there again comes back. *u is as stored.
 */
int inv_kit_check(struct inv *inv, struct store_txn *txn, const struct audit_who *who,
	struct arena *a, struct inv_unit *u, const struct inv_part_seen *seen, size_t n,
	int64_t now, struct refusal *r, struct inv_part **ret_missing,
	size_t *ret_missing_n) MUST_CHECK;
/* The same as an act of its own (stocktaking, a part that was found). */
int inv_kit_count(struct inv *inv, const struct inv_act *act, const struct inv_part_seen *seen,
	size_t n, struct refusal *r) MUST_CHECK;

/* --- SIMs --- */
const struct say *inv_sim_state_say(unsigned state);
enum inv_sim_state { INV_SIM_ACTIVE = 1, INV_SIM_PAUSED, INV_SIM_ENDED, INV_SIM_STATES };
const char *inv_sim_state_name(unsigned state);
int inv_sim_state_parse(const char *s, enum inv_sim_state *ret) MUST_CHECK;
struct inv_sim {
	const char *serial; /* of its unit, whose product is of kind INV_KIND_SIM */
	const char *iccid, *msisdn, *operator_name, *plan, *agreement;
	uint32_t data_gb, state;
	int64_t monthly_ore;
	int32_t from_day, to_day;
	struct bytes pin, puk; /* sealed; inv_sim_codes_read() opens them */
	int64_t changed_at;
	struct bytes unknown;
};
int inv_sim_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct inv_sim *ret) MUST_CHECK;
/* The unit in which the SIM sits, by the parts of kits and by `sim` of an iPad; NULL: none. */
int inv_sim_host(struct store_txn *txn, struct arena *a, const struct inv_sim *sim,
	const char **ret_serial) MUST_CHECK;
/* `pin` and `puk` in clear, NULL: as they were, "": none. Makes the unit when `act->code` is
 * empty; its key is in *ret_serial. */
struct inv_sim_ask {
	struct inv_sim sim;
	const char *pin, *puk;
	const char *item_number, *product_id, *place;
};
int inv_sim_put(struct inv *inv, const struct inv_act *act, const struct inv_sim_ask *ask,
	struct arena *a, struct refusal *r, const char **ret_serial) MUST_CHECK;
/* PIN and PUK, "" where there is none; that they were read, and why, is in the audit log. */
int inv_sim_codes_read(struct inv *inv, const struct inv_act *act, const char *reason,
	struct arena *a, struct refusal *r, const char **ret_pin, const char **ret_puk) MUST_CHECK;

/* --- places --- */
enum inv_place_kind {
	INV_PLACE_DESK = 1,
	INV_PLACE_BUS,
	INV_PLACE_SHOWROOM,
	INV_PLACE_SHELF,
	INV_PLACE_STORE,
	INV_PLACE_WORKSHOP,
	INV_PLACE_KINDS
};
const char *inv_place_kind_name(unsigned kind);
int inv_place_kind_parse(const char *s, enum inv_place_kind *ret) MUST_CHECK;
const struct say *inv_place_kind_say(unsigned kind);
struct inv_place {
	const char *id; /* as a product's; its label says P-ID */
	uint32_t kind;
	const char *name[SAY_LANGS];
	const char *parent;                  /* a shelf's desk */
	const char *address, *phone, *hours; /* hours: as people read them */
	uint32_t open_days; /* bit 0 Monday … bit 6 Sunday; 0: the parent's, at the top Mon-Fri */
	uint32_t zone;      /* 0: both */
	bool lends;         /* things are lent and taken back here */
	bool offline;       /* may be without network: a bus */
	bool closed;        /* no longer used */
	bool open_on_holidays;
	uint32_t version; /* as a product's */
	int64_t made_at, changed_at;
	struct bytes unknown;
};
int inv_place_get(
	struct store_txn *txn, struct arena *a, const char *id, struct inv_place *ret) MUST_CHECK;
const char *inv_place_name(const struct inv_place *p, enum say_lang lang);
/* In Swedish order of their names; all there are, at most `most`. */
int inv_place_list(struct store_txn *txn, struct arena *a, const char *after, size_t most,
	struct inv_place **ret, size_t *ret_n, const char **ret_next) MUST_CHECK;
/* New, or changed as a whole: not one of another service. */
int inv_place_put(struct inv *inv, const struct inv_act *act, const struct inv_place *p,
	bool must_be_new, struct refusal *r) MUST_CHECK;
/* Days on which a place, and all below it, is closed besides. `why` NULL opens it again. */
int inv_place_close_days(struct inv *inv, const struct inv_act *act, const char *id, int32_t from,
	int32_t to, const char *why, struct refusal *r) MUST_CHECK;
#define INV_CLOSED_DAYS 400 /* told at a time */
struct inv_closed_day {
	int32_t day;
	const char *why;
};
int inv_place_closed_list(struct store_txn *txn, struct arena *a, const char *id, int32_t from,
	int32_t to, struct inv_closed_day **ret, size_t *ret_n) MUST_CHECK;
/* Is it open that day: its week, holidays, closed days, its parents'? ERR_NOTFOUND. */
int inv_place_is_open(
	struct store_txn *txn, const char *id, int32_t day, bool *ret_open) MUST_CHECK;

/* --- transfers --- */
struct inv_transfer {
	uint64_t id;
	const char *serial, *from, *to, *note;
	int64_t sent_at, arrived_at;
	const char *sent_by, *arrived_by, *arrived_to;
	struct bytes unknown;
};
/* Sent: in transit until it arrives, wherever that is. */
int inv_transfer_send(struct inv *inv, const struct inv_act *act, const char *to, const char *note,
	struct refusal *r, uint64_t *ret_id) MUST_CHECK;
int inv_transfer_arrive(
	struct inv *inv, const struct inv_act *act, const char *at, struct refusal *r) MUST_CHECK;
/* The ones under way, to one place or (NULL) all. */
int inv_transfer_list(struct store_txn *txn, const char *to, const struct store_piece *piece,
	struct inv_transfer **ret, size_t *ret_n) MUST_CHECK;
/* A thing in stock is put on another shelf at once. */
int inv_unit_shelve(struct inv *inv, const struct inv_act *act, const char *place,
	struct refusal *r) MUST_CHECK;

/* --- leases and deliveries --- */
struct inv_lease {
	const char *id; /* upper case, as in the units' `lease` */
	const char *supplier, *agreement, *funding, *terms;
	int32_t start_day, end_day; /* end 0: start and months */
	uint32_t months, notice_days;
	int64_t monthly_ore, residual_ore; /* for one unit */
	bool closed;
	int64_t made_at, changed_at;
	struct bytes unknown;
};
int32_t inv_lease_end(const struct inv_lease *l);
int inv_lease_get(
	struct store_txn *txn, struct arena *a, const char *id, struct inv_lease *ret) MUST_CHECK;
int inv_lease_list(struct store_txn *txn, const struct store_piece *piece, struct inv_lease **ret,
	size_t *ret_n) MUST_CHECK;
/* Closed only when nothing of it is left here. */
int inv_lease_put(struct inv *inv, const struct audit_who *who, const struct inv_lease *l,
	int64_t now, struct refusal *r) MUST_CHECK;
/* What is on the lease act->code gets the lease's end, some hundred things a transaction. */
int inv_lease_follow(struct inv *inv, const struct inv_act *act, struct refusal *r,
	size_t *ret_n) MUST_CHECK;
struct inv_delivery {
	const char *id; /* upper case */
	const char *order, *supplier, *lease, *product_id, *place, *note;
	int32_t expected_day;
	uint32_t expected;
	/* Told, never stored: announced, of those the awaited; received, of those the unlisted. */
	uint32_t announced, awaited, received, unlisted;
	bool closed;
	int64_t made_at, changed_at;
	struct bytes unknown;
};
int inv_delivery_get(struct store_txn *txn, struct arena *a, const char *id,
	struct inv_delivery *ret) MUST_CHECK;
int inv_delivery_list(struct store_txn *txn, const struct store_piece *piece,
	struct inv_delivery **ret, size_t *ret_n) MUST_CHECK;
int inv_delivery_put(struct inv *inv, const struct audit_who *who, const struct inv_delivery *d,
	int64_t now, struct refusal *r) MUST_CHECK;
/* Ordered, announced and received are the same. A delivery is closed only then. */
bool inv_delivery_agrees(const struct inv_delivery *d);
/* The things on it, by serial number. */
int inv_delivery_units(struct store_txn *txn, const char *delivery,
	const struct store_piece *piece, struct inv_unit **ret, size_t *ret_n) MUST_CHECK;
/* One scanned piece of it: made, or one on its way becomes delivered. */
int inv_delivery_receive(struct inv *inv, const struct inv_act *act, const char *delivery,
	struct refusal *r) MUST_CHECK;
/* What the supplier says will come, by serial number; act->code is the delivery. All or none. */
#define INV_ANNOUNCED_MOST 5000
int inv_delivery_announce(struct inv *inv, const struct inv_act *act, const char *const *codes,
	size_t n, struct refusal *r) MUST_CHECK;
enum inv_settle {
	INV_SETTLE_KEEP = 1, /* it was on no list, and is ours all the same */
	INV_SETTLE_LATER,    /* announced and not in the box: off this delivery, still ordered */
	INV_SETTLE_UNDO      /* it was not received after all */
};
int inv_delivery_settle(struct inv *inv, const struct inv_act *act, const char *delivery,
	enum inv_settle how, struct refusal *r) MUST_CHECK;

/* --- faults --- */
enum inv_fault_state {
	INV_FAULT_OPEN = 1,
	INV_FAULT_AT_SERVICE,
	INV_FAULT_CLOSED,
	INV_FAULT_STATES
};
const char *inv_fault_state_name(unsigned state);
int inv_fault_state_parse(const char *s, enum inv_fault_state *ret) MUST_CHECK;
const struct say *inv_fault_state_say(unsigned state);
struct inv_fault {
	uint64_t id;
	const char *serial;
	uint32_t state;
	const char *symptom, *tried, *outcome; /* no names */
	const char *channel;                   /* "phone", "desk", "visit" … */
	const char *loan;                      /* the loan it was reported from */
	const char *swap_unit, *swap_loan;     /* what was lent instead */
	int64_t made_at, changed_at, closed_at;
	const char *made_by, *closed_by;
	struct bytes unknown;
};
int inv_fault_add(struct inv *inv, const struct inv_act *act, const struct inv_fault *f,
	struct refusal *r, uint64_t *ret_id) MUST_CHECK;
/* A NULL text stays as it was. Closed ones stay closed. `act` names no thing: the fault does. */
int inv_fault_step(struct inv *inv, const struct inv_act *act, const struct inv_fault *f,
	struct refusal *r) MUST_CHECK;
/* Inside the caller's transaction: another unit was lent in its place. */
int inv_fault_swap(struct store_txn *txn, uint64_t id, const char *swap_unit, const char *swap_loan,
	int64_t now) MUST_CHECK;
int inv_fault_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_fault *ret) MUST_CHECK;
/* What is open, newest first. */
int inv_fault_open(struct store_txn *txn, const struct store_piece *piece, struct inv_fault **ret,
	size_t *ret_n) MUST_CHECK;
/* All there ever were, newest first. */
int inv_fault_all(struct store_txn *txn, const struct store_piece *piece, struct inv_fault **ret,
	size_t *ret_n) MUST_CHECK;
/* Of one unit (newest first), or the open ones of all (oldest first). */
int inv_fault_list(struct store_txn *txn, const char *serial, const struct store_piece *piece,
	struct inv_fault **ret, size_t *ret_n) MUST_CHECK;

/* --- safety notices --- */
struct inv_notice {
	uint64_t id;
	const char *title, *text, *source; /* the maker's or agency's reference */
	/* What it is about: all that are given must fit. */
	const char *product_id, *model, *lot, *serial_from, *serial_to;
	int32_t made_from, made_to;
	bool stop; /* units in stock become INV_STOPPED */
	uint32_t hits, handled;
	const char *looked_to; /* how far the units were looked through; NULL: all */
	bool looking;
	int64_t made_at, closed_at;
	const char *made_by, *closed_by;
	struct bytes unknown;
};
struct inv_notice_hit {
	uint64_t notice;
	const char *serial, *loan; /* the loan open when it was found */
	uint32_t state;            /* of the unit then */
	int64_t found_at, handled_at;
	const char *handled_by, *note;
	bool unsure; /* of the product or model, and what else is asked of it is not known here */
	struct bytes unknown;
};
/* Looks through the units in steps of some hundreds; what an error or a crash broke off,
 * inv_notice_tend() goes on with. */
int inv_notice_add(struct inv *inv, const struct audit_who *who, const struct inv_notice *n,
	int64_t now, struct refusal *r, uint64_t *ret_id) MUST_CHECK;
/* On a timer. */
int inv_notice_tend(struct inv *inv, int64_t now) MUST_CHECK;
int inv_notice_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_notice *ret) MUST_CHECK;
/* Newest first. */
int inv_notice_list(struct store_txn *txn, bool open_only, const struct store_piece *piece,
	struct inv_notice **ret, size_t *ret_n) MUST_CHECK;
/* By serial number. */
int inv_notice_hits(struct store_txn *txn, uint64_t id, const struct store_piece *piece,
	struct inv_notice_hit **ret, size_t *ret_n) MUST_CHECK;
/* The open notices that are about a unit. */
int inv_notice_of(struct store_txn *txn, struct arena *a, const struct inv_unit *u,
	struct inv_notice **ret, size_t *ret_n) MUST_CHECK;
int inv_notice_handle(struct inv *inv, const struct inv_act *act, uint64_t id, const char *note,
	struct refusal *r) MUST_CHECK;
int inv_notice_close(struct inv *inv, const struct audit_who *who, uint64_t id, int64_t now,
	struct refusal *r) MUST_CHECK;

/* --- photos --- */
#define INV_PHOTO_BYTES (10u << 20)
#define INV_PHOTO_SIDE 12000u
struct inv_photo {
	uint64_t id;
	const char *object; /* "unit:SERIAL", "product:ID", "fault:7", "loan:L-…" */
	const char *type;   /* "image/jpeg" … */
	const char *note, *made_by;
	uint32_t width, height, bytes;
	int64_t made_at;
	uint8_t sha256[32];
	int64_t removed_at; /* 0: there. Removed, it can be put back for a day, and is gone then */
	struct bytes unknown;
};
/* Judged, freed of what it tells besides the picture (EXIF, XMP, comments), and kept in the store
 * in pieces. Refused in words: too large, no picture, broken. */
int inv_photo_add(struct inv *inv, const struct inv_act *act, const char *object, const char *note,
	struct bytes content, struct refusal *r, uint64_t *ret_id) MUST_CHECK;
int inv_photo_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_photo *ret) MUST_CHECK;
int inv_photo_read(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_photo *ret,
	struct bytes *ret_content) MUST_CHECK;
int inv_photo_list(struct store_txn *txn, const char *object, const struct store_piece *piece,
	struct inv_photo **ret, size_t *ret_n) MUST_CHECK;
int inv_photo_del(struct inv *inv, const struct inv_act *act, uint64_t id,
	struct refusal *r) MUST_CHECK;
/* What pictures of a loan are of: "loan:L-…". */
const char *inv_loan_photos(struct arena *a, uint64_t loan);
/* Undoes that, for as long as it lies there. */
int inv_photo_restore(struct inv *inv, const struct inv_act *act, uint64_t id,
	struct refusal *r) MUST_CHECK;
/* May one of those zones see it? A picture of a loan is the loan's; any other is of a thing. 0 or
 * ERR_NOTFOUND. `zones` without INV_ZONED: the house itself. */
int inv_photo_admit(struct store_txn *txn, unsigned zones, const char *object) MUST_CHECK;

/* --- search --- */
struct inv_found {
	enum inv_hit_kind kind;
	const char *id;
	unsigned score; /* higher is better; a slip costs */
	bool slip;      /* found by forgiving one */
};
/* Codes whole, begun or by their last characters; words of products, places and of what is said of
 * a unit, whole, begun, or (from four letters) ended or within, in any order, å ä ö as Swedish has
 * them, slips forgiven, fewer in an end. From indexes alone. Best first. */
int inv_search(struct store_txn *txn, struct arena *a, const char *words, size_t most,
	struct inv_found **ret, size_t *ret_n) MUST_CHECK;
/* The indexes made anew from the records, some hundreds a transaction. */
int inv_reindex(struct inv *inv) MUST_CHECK;

#endif
