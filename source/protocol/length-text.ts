/** Numbers in front of messages, as people type them: `u32be`, or as Python's `struct` writes them, `<I`. */
import type {Framing} from './framing.js';

export type LengthField = Omit<
	Extract<Framing, {readonly kind: 'length'}>,
	'kind'
>;
type Bytes = LengthField['bytes'];

const letters: Readonly<Record<string, Bytes>> = {
	b: 1,
	h: 2,
	i: 4,
	l: 4,
	q: 8,
};

/** Undefined where it is none. ` +self`: counts itself; ` @4`: four bytes stand before it. */
export function parseLength(text: string): LengthField | undefined {
	const [first = '', ...options] = text.trim().split(/\s+/);
	const field = parseNumber(first) ?? parseStruct(first);
	if (!field) return undefined;
	let countsItself = false;
	let offset = 0;
	for (const option of options) {
		const [, place] = /^@(\d{1,6})$/.exec(option) ?? [];
		if (place !== undefined) offset = Number(place);
		else if (option.toLowerCase() === '+self') countsItself = true;
		else return undefined;
	}

	return {...field, countsItself, offset};
}

type NumberFormat = Pick<LengthField, 'bytes' | 'endian' | 'signed'>;

function parseNumber(text: string): NumberFormat | undefined {
	const [, sign, bits, endian] =
		/^([ui])(8|16|32|64)(be|le)?$/i.exec(text) ?? [];
	if (bits === undefined || (bits !== '8' && endian === undefined)) {
		return undefined;
	}

	return {
		bytes: (Number(bits) / 8) as Bytes,
		endian: endian?.toLowerCase() === 'le' ? 'little' : 'big',
		signed: sign?.toLowerCase() === 'i',
	};
}

/** As CPython packs on the common machines: little-endian, and `l` of 8 bytes where no order is named. */
function parseStruct(text: string): NumberFormat | undefined {
	const [, order, letter = ''] = /^([<>!=@]?)([bhilq])$/i.exec(text) ?? [];
	const kind = letter.toLowerCase();
	const bytes = letters[kind];
	if (bytes === undefined) return undefined;
	const isNative = order === '' || order === '@';
	return {
		bytes: isNative && kind === 'l' ? 8 : bytes,
		endian: order === '>' || order === '!' ? 'big' : 'little',
		signed: letter === kind,
	};
}

export function formatLength(field: LengthField): string {
	const {bytes, endian, signed, countsItself, offset} = field;
	const order = endian === 'little' ? 'le' : bytes === 1 ? '' : 'be';
	return [
		`${signed ? 'i' : 'u'}${bytes * 8}${order}`,
		...(countsItself ? ['+self'] : []),
		...(offset > 0 ? [`@${offset}`] : []),
	].join(' ');
}
