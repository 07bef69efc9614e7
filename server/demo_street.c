/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What befalls the simulated iPads out there, where no server has a say: somebody erases one with a
 * cable, unlocks it, switches it off. Typed in the terminal where the demonstration runs, a verb
 * and a serial number. "apple" and a name is what goes wrong at Apple's device assignment. One thread reads; without a terminal it waits for nothing.
 */
#include "server/demo.h"

#include "base/text.h"
#include "tests/fake/device_assignment.h"
#include "tests/fake/fleet.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define LINE 120

struct demo_street {
	struct demo *d;
	pthread_t reader;
	int stop[2];
	char line[LINE];
	size_t n;
};

static void power_on(struct ipad *p)
{
	ipad_power(p, true);
}

static void power_off(struct ipad *p)
{
	ipad_power(p, false);
}

static const struct deed {
	const char *verb;
	void (*fn)(struct ipad *p);
} deeds[] = {
	{"erase", ipad_erase_by_hand},
	{"unlock", ipad_unlock},
	{"lock", ipad_lock},
	{"off", power_off},
	{"on", power_on},
};

static void do_it(struct ipad *p, void *arg)
{
	const struct deed *deed = arg;

	deed->fn(p);
}

static const struct deed *deed_of(const char *verb)
{
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		if (text_equal(deeds[i].verb, verb))
			return &deeds[i];
	}
	return NULL;
}

/* Cuts the next word off; NULL: there is none. */
static const char *word(char **line)
{
	char *begin = *line + strspn(*line, " \t\r");
	size_t n = strcspn(begin, " \t\r");

	*line = begin + n + (begin[n] != '\0');
	begin[n] = '\0';
	return n ? begin : NULL;
}

/* --- at Apple --- */

static void faults_tell(const struct demo *d)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct device_assignment_named *x = device_assignment_faults;

	demo_tell(d, "cli.demo.apple", NULL, NULL);
	for (; x->name; x++) {
		const char *what = arena_printf(a, "apple %s%s", x->name, x->of_device ? " SERIAL" : "");

		demo_say("  %-32s %s\n", what,
			cli_text(d->cli, arena_printf(a, "cli.demo.apple.%s", x->name)));
	}
	demo_say("  %-32s %s\n", "apple " DEVICE_ASSIGNMENT_WELL,
		cli_text(d->cli, "cli.demo.apple." DEVICE_ASSIGNMENT_WELL));
}

static void at_apple(struct demo *d, const char *name, const char *serial)
{
	if (!name || device_assignment_switch(d->box.da, name, serial) != 0)
		faults_tell(d);
	else
		demo_tell(d, "cli.demo.apple_now", name, NULL);
}

static void befall(struct demo *d, char *line)
{
	const char *verb = word(&line), *serial = word(&line);
	const struct deed *deed = verb ? deed_of(verb) : NULL;
	unsigned index;

	if (!verb)
		return;
	if (text_equal(verb, "apple")) {
		at_apple(d, serial, word(&line));
		return;
	}
	if (!deed || !serial) {
		demo_tell(d, "cli.demo.street", NULL, NULL);
		return;
	}
	if (!d->fleet || fleet_find(d->fleet, serial, &index) != 0) {
		demo_tell(d, "cli.demo.nobodys", serial, NULL);
		return;
	}
	fleet_with(d->fleet, index, do_it, (void *)(uintptr_t)deed);
	fleet_wake(d->fleet, index);
}

/* What is too long for a line is no deed. */
static void take(struct demo_street *s, const char *piece, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (piece[i] != '\n') {
			s->n = s->n < LINE ? s->n + 1 : LINE;
			s->line[s->n - 1] = piece[i];
			continue;
		}
		s->line[s->n < LINE ? s->n : LINE - 1] = '\0';
		befall(s->d, s->line);
		s->n = 0;
	}
}

static void *read_street(void *arg)
{
	struct demo_street *s = arg;
	struct pollfd in[2] = {
		{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = s->stop[0], .events = POLLIN}};
	char piece[LINE];
	ssize_t n;

	while (poll(in, 2, -1) > 0 && !in[1].revents) {
		n = read(STDIN_FILENO, piece, sizeof(piece));
		if (n <= 0)
			break;
		take(s, piece, (size_t)n);
	}
	return NULL;
}

void demo_street_open(struct demo *d)
{
	struct demo_street *s = ARENA_ARRAY(d->cli->arena, struct demo_street, 1);

	signal(SIGTTIN, SIG_IGN); /* in the background there is nobody to type */
	s->d = d;
	if (!d->fleet || pipe(s->stop) != 0)
		return;
	if (pthread_create(&s->reader, NULL, read_street, s) == 0) {
		d->street = s;
		return;
	}
	close(s->stop[0]);
	close(s->stop[1]);
}

void demo_street_close(struct demo *d)
{
	struct demo_street *s = d->street;

	if (!s)
		return;
	close(s->stop[1]); /* its other end hangs up */
	pthread_join(s->reader, NULL);
	close(s->stop[0]);
	d->street = NULL;
}
