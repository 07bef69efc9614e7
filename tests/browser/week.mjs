// SPDX-License-Identifier: EUPL-1.2
// The lending desk's week in a real browser: signing in by a provider, a desk that two share, renewals, rights, what
// is bought, papers and prices, and what days and weeks bring. Started by tests/flow/test_browser_week.c, on a server
// of its own, beside the desk's days (day.mjs).
import { lateTasks } from './late.mjs';
import { papersTasks } from './papers.mjs';
import { pricesTasks } from './prices.mjs';
import { renewTasks } from './renew.mjs';
import { rightsTasks } from './rights.mjs';
import { end } from './room.mjs';
import { providerEndTasks, providerScanTasks, providerTasks, tooLateTasks, twoDaysTasks } from './sessions.mjs';
import { sharedTasks } from './shared.mjs';
import { supplyTasks } from './supply.mjs';

await providerTasks();
await providerScanTasks();
await providerEndTasks();
await tooLateTasks();
await sharedTasks();
await renewTasks();
await rightsTasks();
await supplyTasks();
await papersTasks();
await pricesTasks();
await twoDaysTasks(); // the last of all: from there on the server's clock is days ahead
await lateTasks(); // and now weeks
await end();
