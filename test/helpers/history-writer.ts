/** A program that appends rows to the history of a state folder until it is killed: says each number once it is written. */
import {createHistoryStore} from '../../source/storage/history/history-store.js';
import {said} from './history-entries.js';

const [folder = '', run = 'writer', most = '1000000'] = process.argv.slice(2);
const store = createHistoryStore(folder);
store.open({run, asked: {}});
for (let number = 0; number < Number(most); number++) {
	store.append([said(`${run} ${number}`, {order: number})]);
	process.stdout.write(`${number}\n`);
}

store.close(undefined);
