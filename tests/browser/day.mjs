// SPDX-License-Identifier: EUPL-1.2
// The lending desk's days in a real browser, from its first loan to what any code leads to.
// Started by tests/flow/test_browser_desk.c, on a server of its own; what a week brings is week.mjs.
import { codesTasks } from './codes.mjs';
import { deskTasks } from './desk.mjs';
import { earlierTasks } from './earlier.mjs';
import { seatTasks } from './seats.mjs';
import { heardTasks } from './heard.mjs';
import { placeTasks } from './place.mjs';
import { end } from './room.mjs';
import { unusualTasks } from './unusual.mjs';

await placeTasks();
await deskTasks();
await heardTasks();
await unusualTasks();
await earlierTasks();
await seatTasks();
await codesTasks();
await end();
