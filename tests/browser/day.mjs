// SPDX-License-Identifier: EUPL-1.2
// The lending desk's days in a real browser, from its first loan to what was left open for two of them.
// Started by tests/flow/test_browser_desk.c, on a server of its own.
import { codesTasks } from './codes.mjs';
import { deskTasks } from './desk.mjs';
import { earlierTasks } from './earlier.mjs';
import { seatTasks } from './seats.mjs';
import { heardTasks } from './heard.mjs';
import { lateTasks } from './late.mjs';
import { papersTasks } from './papers.mjs';
import { placeTasks } from './place.mjs';
import { pricesTasks } from './prices.mjs';
import { renewTasks } from './renew.mjs';
import { rightsTasks } from './rights.mjs';
import { end } from './room.mjs';
import { providerEndTasks, providerScanTasks, providerTasks, tooLateTasks, twoDaysTasks } from './sessions.mjs';
import { sharedTasks } from './shared.mjs';
import { supplyTasks } from './supply.mjs';
import { unusualTasks } from './unusual.mjs';

await placeTasks();
await deskTasks();
await heardTasks();
await unusualTasks();
await earlierTasks();
await seatTasks();
await codesTasks();
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
