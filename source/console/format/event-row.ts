/** Rows about something that happened: who came and went, files, problems, notes. */
import type {Row} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {formatSize} from '../../util/quantities.js';
import {cellWidth} from '../../util/cells.js';
import {trustStyle} from '../theme.js';
import type {Span} from './lines.js';
import type {MessageRow} from './message-row.js';
import type {RowContext} from './row-layout.js';
import {roomText} from './room-text.js';
import {problemText} from './problem-text.js';
import {layoutNote, noteGutter} from './row-parts.js';
import {transferTitle} from './transfer-facts.js';
import {
	isWaitingOffer,
	movedStatus,
	transferGlyph,
	transferSize,
	transferStatus,
} from './transfer-text.js';

export type EventRow = Exclude<Row, MessageRow>;

export function layoutEvent(row: EventRow, context: RowContext): string[] {
	const {theme} = context;
	const {glyphs} = theme;
	const words = strings.conversation;
	switch (row.kind) {
		case 'joined': {
			const word = strings.trust[row.trust];
			const address = formatAddress(row.address);
			const glyph: Span = [glyphs.trust[row.trust], trustStyle(row.trust)];
			const who = `${words.joined(row.name)}  ${word}`;
			const whole =
				address === row.name ? who : `${who}  ${words.from(address)}`;
			// Where from is worth a place on the line, but no line of its own.
			const room = context.width - noteGutter(context, row.at);
			const text = cellWidth(whole) <= room ? whole : who;
			const certificate =
				row.certificate === undefined
					? ''
					: `  ${words.certificate(row.certificate)}`;
			return layoutNote(context, row.at, glyph, text + certificate, 'dim');
		}

		case 'left': {
			const left = words.left(row.name);
			const ended = row.error ? `${left}: ${describeError(row.error)}` : left;
			// What an error advises is being done already.
			const text = row.retrying ? words.cut(row.name) : ended;
			return layoutNote(context, row.at, [glyphs.left, 'dim'], text, 'dim');
		}

		case 'transfer': {
			const transfer = context.transfer(row.transfer);
			if (!transfer) return layoutNote(context, row.at, [' '], row.name, 'dim');
			const glyph = transferGlyph(transfer, theme);
			const {text, style} = transferStatus(transfer);
			const size = transferSize(transfer);
			const what = `${transferTitle(transfer)}  ${size}`;
			const {byItself, direction} = transfer;
			const unasked = byItself
				? `  ${strings.transfer.byItself[byItself](row.name, direction)}`
				: '';
			const said = isWaitingOffer(transfer)
				? `${strings.transfer.offeredBy(row.name, what)}  ${strings.transfer.asksInConversation}`
				: `${what}  ${text}${unasked}`;
			return layoutNote(context, row.at, [glyph, style], said, style);
		}

		case 'problem': {
			const text = problemText(row);
			const glyph: Span = [glyphs.failed, 'bad'];
			return layoutNote(context, row.at, glyph, text, 'warning');
		}

		case 'trust': {
			const isVerified = row.what === 'verified';
			const trust = isVerified ? 'VERIFIED' : 'BLOCKED';
			const glyph: Span = [glyphs.trust[trust], trustStyle(trust)];
			const said = strings.history[row.what](row.name);
			return layoutNote(context, row.at, glyph, said, 'dim');
		}

		case 'moved': {
			const {title, entries, sizeBytes, folder} = row;
			const {text, style} = movedStatus(row);
			const said = strings.history.transfer({
				title,
				others: entries - 1,
				size: formatSize(sizeBytes),
				outcome: text,
				folder,
			});
			const glyph: Span = [transferGlyph(row, theme), style];
			return layoutNote(context, row.at, glyph, said, style);
		}

		case 'unkept': {
			const said = strings.history.unkept(row.messages, row.sizeBytes);
			return layoutNote(context, row.at, [glyphs.note, 'warning'], said, 'dim');
		}

		case 'room': {
			const glyph: Span =
				row.what === 'missed'
					? [glyphs.warning, 'warning']
					: [glyphs.note, 'dim'];
			const where = row.room === context.conversation ? '' : `${row.room} `;
			return layoutNote(context, row.at, glyph, where + roomText(row), 'dim');
		}

		case 'note': {
			return layoutNote(
				context,
				row.at,
				[glyphs.note, 'accent'],
				row.text,
				'dim',
			);
		}
	}
}
