/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every table of the store, by name. The name is what is on disk: never change or reuse one.
 * What a table's keys and values are, and who writes it, stands in docs/ARCHITECTURE.md.
 */
#ifndef STORE_TABLES_H
#define STORE_TABLES_H

#define STORE_TABLES(X)                             \
	X(STORE_META, "store.meta")                 \
	X(AUDIT_LOG, "audit.log")                   \
	X(AUDIT_BY_OBJECT, "audit.by_object")       \
	X(AUDIT_BY_ACT, "audit.by_act")             \
	X(AUDIT_BY_ACTOR, "audit.by_actor")         \
	X(AUDIT_CLOCK, "audit.clock")               \
	X(SETTING_VALUE, "setting.value")           \
	X(SETTING_PAST, "setting.past")             \
	X(SETTING_WAITS, "setting.waits")           \
	X(CERT_KEPT, "cert.kept")                   \
	X(CERT_IDENTITY, "cert.identity")           \
	X(CERT_BY_EXPIRY, "cert.by_expiry")         \
	X(CERT_REVOKED, "cert.revoked")             \
	X(CERT_CHALLENGE, "cert.challenge")         \
	X(CERT_CHALLENGE_DUE, "cert.challenge_due") \
	X(APNS_OUTBOX, "apns.outbox")               \
	X(APNS_DUE, "apns.due")                     \
	X(MDM_ENROLLMENT, "mdm.enrollment")         \
	X(MDM_BY_SERIAL, "mdm.by_serial")           \
	X(MDM_SEEN, "mdm.seen")                     \
	X(MDM_QUEUE, "mdm.queue")                   \
	X(MDM_COMMAND, "mdm.command")               \
	X(MDM_COMMAND_DUE, "mdm.command_due")       \
	X(MDM_LATEST, "mdm.latest")                 \
	X(MDM_LOST, "mdm.lost")                     \
	X(MDM_LOCATION, "mdm.location")             \
	X(MDM_INVITATION, "mdm.invitation")         \
	X(MDM_RENEWAL, "mdm.renewal")               \
	X(MDM_TOPIC, "mdm.topic")                   \
	X(MDM_GROUP, "mdm.group")                   \
	X(MDM_MEMBER, "mdm.member")                 \
	X(MDM_MEMBER_OF, "mdm.member_of")           \
	X(MDM_ITEM, "mdm.item")                     \
	X(MDM_APPLIED, "mdm.applied")               \
	X(MDM_WALK, "mdm.walk")                     \
	X(MDM_VISIT, "mdm.visit")                   \
	X(MDM_STANDING, "mdm.standing")             \
	X(MDM_STANDING_IN, "mdm.standing_in")       \
	X(MDM_STANDING_COUNT, "mdm.standing_n")     \
	X(MDM_ENDING, "mdm.ending")                 \
	X(MDM_FLEET, "mdm.fleet")                   \
	X(MDM_DDM, "mdm.ddm")                       \
	X(MDM_MANIFEST, "mdm.manifest")             \
	X(MDM_DECLARATION, "mdm.declaration")       \
	X(MDM_STATUS, "mdm.status")                 \
	X(MDM_MEDIA, "mdm.media")                   \
	X(MDM_PIECE, "mdm.piece")                   \
	X(MDM_MAILING, "mdm.mailing")               \
	X(MDM_MAILING_DUE, "mdm.mailing_due")       \
	X(MDM_RECIPIENT, "mdm.recipient")           \
	X(MDM_MAILING_OF, "mdm.mailing_of")         \
	X(MDM_LINK, "mdm.link")                     \
	X(MDM_MOVED, "mdm.moved")                   \
	X(MDM_PIN, "mdm.pin")                       \
	X(MDM_RETURN, "mdm.return")                 \
	X(MDM_ADE, "mdm.ade")                       \
	X(MDM_ADE_DEVICE, "mdm.ade_device")         \
	X(MDM_ERRAND, "mdm.errand")                 \
	X(MDM_GATE, "mdm.gate")                     \
	X(MDM_ACTIVATION, "mdm.activation")         \
	X(INV_UNIT, "inv.unit")                     \
	X(INV_BY_ITEM, "inv.by_item")               \
	X(INV_BY_STATE, "inv.by_state")             \
	X(INV_COUNT, "inv.count")                   \
	X(INV_HISTORY, "inv.history")               \
	X(INV_TASK, "inv.task")                     \
	X(INV_TASK_OPEN, "inv.task_open")           \
	X(INV_RETURN, "inv.return")                 \
	X(INV_RETURN_OPEN, "inv.return_open")       \
	X(PEOPLE_META, "people.meta")               \
	X(PEOPLE_BORROWER, "people.borrower")       \
	X(PEOPLE_INDEX, "people.index")             \
	X(PEOPLE_DUE, "people.due")                 \
	X(PEOPLE_POLICY_WAITS, "people.policy_waits") \
	X(PEOPLE_POLICY, "people.policy")           \
	X(PEOPLE_SWEEP, "people.sweep")             \
	X(PEOPLE_NOTICE, "people.notice")           \
	X(PEOPLE_NOTICE_OPEN, "people.notice_open") \
	X(PEOPLE_SAID, "people.said")               \
	X(PEOPLE_PROTOCOL, "people.protocol")       \
	X(PEOPLE_PROTOCOL_ROW, "people.protocol_row") \
	X(INV_BY_PRODUCT, "inv.of_product")         \
	X(INV_BY_PLACE, "inv.of_place")             \
	X(INV_BY_LEASE, "inv.by_lease")             \
	X(INV_BY_LEASE_END, "inv.by_lease_end")     \
	X(INV_ENDING, "inv.ending")                 \
	X(INV_BY_DELIVERY, "inv.by_delivery")       \
	X(INV_IN_KIT, "inv.in_kit")                 \
	X(INV_TALLY, "inv.tally")                   \
	X(INV_CODE, "inv.code")                     \
	X(INV_CODE_TAIL, "inv.code_tail")           \
	X(INV_WORD, "inv.word")                     \
	X(INV_WORD_PART, "inv.word_part")           \
	X(INV_SERIES, "inv.series")                 \
	X(INV_PRODUCT, "inv.product")               \
	X(INV_PRODUCT_NAME, "inv.product_name")     \
	X(INV_SHOWN, "inv.shown")                   \
	X(INV_PRICE_LIST, "inv.price_list")         \
	X(INV_PRICE_FROM, "inv.price_from")         \
	X(INV_PRICE, "inv.price")                   \
	X(INV_PRICE_OF, "inv.price_of")             \
	X(INV_PART, "inv.part")                     \
	X(INV_SIM, "inv.sim")                       \
	X(INV_PLACE, "inv.place")                   \
	X(INV_PLACE_NAME, "inv.place_name")         \
	X(INV_CLOSED_DAY, "inv.closed_day")         \
	X(INV_TRANSFER, "inv.transfer")             \
	X(INV_TRANSFER_OPEN, "inv.transfer_open")   \
	X(INV_LEASE, "inv.lease")                   \
	X(INV_DELIVERY, "inv.delivery")             \
	X(INV_IMPORT, "inv.import")                 \
	X(INV_IMPORT_LINE, "inv.import_line")       \
	X(INV_FAULT, "inv.fault")                   \
	X(INV_FAULT_BY_UNIT, "inv.fault_by_unit")   \
	X(INV_FAULT_OPEN_ONES, "inv.fault_open")    \
	X(INV_NOTICE, "inv.notice")                 \
	X(INV_NOTICE_OPEN, "inv.notice_open")       \
	X(INV_NOTICE_HIT, "inv.notice_hit")         \
	X(INV_PHOTO, "inv.photo")                   \
	X(INV_PHOTO_OF, "inv.photo_of")             \
	X(INV_LOAN, "inv.loan")                     \
	X(INV_LOAN_LINE, "inv.loan_line")           \
	X(INV_LOAN_PART, "inv.loan_part")           \
	X(INV_LOAN_UNIT, "inv.loan_unit")           \
	X(INV_LOAN_PAST, "inv.loan_past")           \
	X(INV_LOAN_BORROWER, "inv.loan_borrower")   \
	X(INV_LOAN_DUE, "inv.loan_due")             \
	X(INV_LOAN_PRODUCT, "inv.loan_product")     \
	X(INV_LOAN_PLACE, "inv.loan_place")         \
	X(INV_LOAN_FORGET, "inv.loan_forget")       \
	X(INV_LOAN_SWAPPED, "inv.loan_swap")        \
	X(INV_LOAN_UNSIGNED, "inv.loan_unsigned")   \
	X(INV_LOAN_COUNT, "inv.loan_count")         \
	X(INV_STAT, "inv.stat")                     \
	X(INV_LAST, "inv.last")                     \
	X(INV_RULE, "inv.rule")                     \
	X(INV_RULE_PAST, "inv.rule_past")           \
	X(INV_HOLD, "inv.hold")                     \
	X(INV_HOLD_QUEUE, "inv.hold_queue")         \
	X(INV_HOLD_CLAIM, "inv.hold_claim")         \
	X(INV_HOLD_BORROWER, "inv.hold_borrower")   \
	X(INV_HOLD_UNIT, "inv.hold_unit")           \
	X(INV_HOLD_DUE, "inv.hold_due")             \
	X(INV_HANDOUT, "inv.handout")               \
	X(INV_HANDOUT_AT, "inv.handout_at")         \
	X(INV_HANDOUT_BORROWER, "inv.handout_of")   \
	X(INV_SEATS, "inv.seats")                   \
	X(INV_DESK, "inv.desk")                     \
	X(INV_DESK_LINE, "inv.desk_line")           \
	X(INV_SCAN_ANSWER, "inv.scan_answer")       \
	X(INV_WORDING, "inv.wording")               \
	X(INV_AGREEMENT, "inv.agreement")           \
	X(INV_AGREEMENT_LOAN, "inv.agreement_loan") \
	X(INV_AGREEMENT_DUE, "inv.agreement_due")   \
	X(WEB_ACCOUNT, "web.account")               \
	X(WEB_TOKEN, "web.token")                   \
	X(WEB_TOKEN_ID, "web.token_id")             \
	X(WEB_HOOK, "web.hook")                     \
	X(WEB_POST, "web.post")                     \
	X(WEB_POST_DUE, "web.post_due")             \
	X(WEB_NEWS, "web.news")                     \
	X(WEB_ALARM, "web.alarm")                   \
	X(WEB_NETWORKS, "web.place")                \
	X(WEB_GUESS, "web.guess")                   \
	X(WEB_TOTP, "web.totp")                     \
	X(WEB_SETTING, "web.setting")               \
	X(WEB_SUBJECT_OF, "web.subject")            \
	X(WEB_STATIONS, "web.station")              \
	X(WEB_LOOKS, "web.looks")                   \
	X(WEB_KEPT, "web.kept")

/* Tables of older programs that nobody reads any more: store_retire() takes them away. */
#define STORE_RETIRED {"inv.by_product", "inv.by_place", "mdm.done"}
#define STORE_RETIRED_COUNT 3

enum store_table {
#define X(id, name) id,
	STORE_TABLES(X)
#undef X
		STORE_TABLE_COUNT
};

#endif
