/* SPDX-License-Identifier: EUPL-1.2 */
/* The Swedish holidays, by lag (1989:253) om allmänna helgdagar, and the three closed eves. */
#include "base/day.h"

#define SAY(code, sv, fi, en)      \
	{                          \
		code,              \
		{                  \
			sv, fi, en \
		}                  \
	}

/* Always on the same date, since a year. */
static const struct {
	int month, day, since;
	struct say name;
} fixed[] = {
	{1, 1, 1, SAY("holiday.new-year", "nyårsdagen", "uudenvuodenpäivä", "New Year's Day")},
	{1, 6, 1, SAY("holiday.epiphany", "trettondedag jul", "loppiainen", "Epiphany")},
	{5, 1, 1939, SAY("holiday.first-of-may", "första maj", "vappu", "First of May")},
	{6, 6, 2005,
		SAY("holiday.national", "nationaldagen", "Ruotsin kansallispäivä", "National Day")},
	{12, 24, 1, SAY("holiday.christmas-eve", "julafton", "jouluaatto", "Christmas Eve")},
	{12, 25, 1, SAY("holiday.christmas", "juldagen", "joulupäivä", "Christmas Day")},
	{12, 26, 1, SAY("holiday.boxing-day", "annandag jul", "tapaninpäivä", "Boxing Day")},
	{12, 31, 1,
		SAY("holiday.new-years-eve", "nyårsafton", "uudenvuodenaatto", "New Year's Eve")},
};

/* Counted from Easter Day; Whit Monday until it gave way to the National Day. */
static const struct {
	int after, until;
	struct say name;
} moving[] = {
	{-2, 9999, SAY("holiday.good-friday", "långfredagen", "pitkäperjantai", "Good Friday")},
	{0, 9999, SAY("holiday.easter", "påskdagen", "pääsiäispäivä", "Easter Day")},
	{1, 9999,
		SAY("holiday.easter-monday", "annandag påsk", "toinen pääsiäispäivä",
			"Easter Monday")},
	{39, 9999,
		SAY("holiday.ascension", "Kristi himmelsfärdsdag", "helatorstai", "Ascension Day")},
	{49, 9999, SAY("holiday.whit-sunday", "pingstdagen", "helluntaipäivä", "Whit Sunday")},
	{50, 2004,
		SAY("holiday.whit-monday", "annandag pingst", "toinen helluntaipäivä",
			"Whit Monday")},
};

static const struct say midsummer_eve =
	SAY("holiday.midsummer-eve", "midsommarafton", "juhannusaatto", "Midsummer Eve");
static const struct say midsummer_day =
	SAY("holiday.midsummer", "midsommardagen", "juhannuspäivä", "Midsummer Day");
static const struct say all_saints =
	SAY("holiday.all-saints", "alla helgons dag", "pyhäinpäivä", "All Saints' Day");

/* The computus of the Gregorian calendar: the Sunday after the full moon that the church counts,
 * which is kept as the moon's age (epact) in a cycle of nineteen years. */
int32_t day_easter(int year)
{
	int century = year / 100, golden = year % 19;
	int leaps_left_out = century - century / 4;
	int moon_moves = (8 * century + 13) / 25;
	int epact = (19 * golden + leaps_left_out - moon_moves + 15) % 30;
	int32_t full_moon;

	/* Two corrections keep the moon's dates apart within the cycle. */
	epact -= epact / 28 * (1 - 29 / (epact + 1) * ((21 - golden) / 11));
	full_moon = day_from_date(year, 3, 21) + epact;
	return full_moon + 7 - (int32_t)(day_weekday(full_moon) % 7);
}

/* The first Saturday on or after a date. */
static int32_t saturday_from(int year, int month, int day)
{
	int32_t d = day_from_date(year, month, day);

	return d + (int32_t)((13 - day_weekday(d)) % 7);
}

static const struct say *fixed_on(const struct day_date *d)
{
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		if (fixed[i].month == d->month && fixed[i].day == d->day &&
			d->year >= fixed[i].since)
			return &fixed[i].name;
	}
	return NULL;
}

static const struct say *moving_on(int32_t day, int year)
{
	int32_t easter = day_easter(year);

	for (size_t i = 0; i < sizeof(moving) / sizeof(moving[0]); i++) {
		if (day == easter + moving[i].after && year <= moving[i].until)
			return &moving[i].name;
	}
	return NULL;
}

const struct say *day_holiday(int32_t day)
{
	struct day_date d;
	const struct say *name;
	int32_t midsummer;

	day_to_date(day, &d);
	name = fixed_on(&d);
	if (!name)
		name = moving_on(day, d.year);
	if (name)
		return name;
	midsummer = saturday_from(d.year, 6, 20);
	if (day == midsummer)
		return &midsummer_day;
	if (day == midsummer - 1)
		return &midsummer_eve;
	return day == saturday_from(d.year, 10, 31) ? &all_saints : NULL;
}
