"""BLAKE3's plain hash, from its specification (https://github.com/BLAKE3-team/BLAKE3-specs).

Many whole chunks are hashed at once: an integer holds one 32-bit word of each of them, in a
lane of 64 bits, and the upper half of a lane takes what additions and shifts spill.
"""

import struct

IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
PERMUTATION = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
CHUNK_START, CHUNK_END, PARENT, ROOT = 1, 2, 4, 8
BLOCK, CHUNK = 64, 1024
AT_ONCE = 1024
QUARTERS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
            (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def compress(chaining, words, counter, length, flags, ones=1):
    """The first half of the output, for as many lanes as `ones` has ones; chaining, words and counter are of all lanes."""
    mask = 0xFFFFFFFF * ones
    v = [*chaining, *(word * ones for word in IV[:4]), counter & mask, counter >> 32 & mask, length * ones, flags * ones]
    for turn in range(7):
        for number, (a, b, c, d) in enumerate(QUARTERS):
            for word, first, second in ((words[2 * number], 16, 12), (words[2 * number + 1], 8, 7)):
                v[a] = (v[a] + v[b] + word) & mask
                mixed = v[d] ^ v[a]
                v[d] = (mixed >> first | mixed << 32 - first) & mask
                v[c] = (v[c] + v[d]) & mask
                mixed = v[b] ^ v[c]
                v[b] = (mixed >> second | mixed << 32 - second) & mask
        words = [words[number] for number in PERMUTATION]
    return [v[number] ^ v[number + 8] for number in range(8)]


def lanes_of(data, offset, stride, count):
    """The little-endian word at the offset of every stride, each in its lane."""
    spread = bytearray(8 * count)
    for number in range(4):
        spread[number::8] = data[offset + number::stride][:count]
    return int.from_bytes(spread, 'little')


def hash_whole_chunks(data, first, count):
    """The chaining values, 32 bytes each, of so many chunks, none of which is the only one."""
    ones = int.from_bytes(b'\1\0\0\0\0\0\0\0' * count, 'little')
    counter = int.from_bytes(struct.pack(f'<{count}Q', *range(first, first + count)), 'little')
    data = data[first * CHUNK:(first + count) * CHUNK]
    chaining = [word * ones for word in IV]
    for block in range(16):
        words = [lanes_of(data, block * BLOCK + 4 * word, CHUNK, count) for word in range(16)]
        flags = (CHUNK_START if block == 0 else 0) | (CHUNK_END if block == 15 else 0)
        chaining = compress(chaining, words, counter, BLOCK, flags, ones)
    lanes = [word.to_bytes(8 * count, 'little') for word in chaining]
    return [b''.join(lane[8 * number:8 * number + 4] for lane in lanes) for number in range(count)]


def words_of(block):
    return struct.unpack('<16I', block.ljust(BLOCK, b'\0'))


def hash_chunk(chunk, number, root):
    """One chunk, whole or not."""
    chaining = IV
    blocks = [chunk[at:at + BLOCK] for at in range(0, len(chunk), BLOCK)] or [b'']
    for index, block in enumerate(blocks):
        last = index == len(blocks) - 1
        flags = (CHUNK_START if index == 0 else 0) | (CHUNK_END if last else 0) | (root if last else 0)
        chaining = compress(chaining, words_of(block), number, len(block), flags)
    return struct.pack('<8I', *chaining)


def blake3(data):
    """The 32 bytes of a hash."""
    data = bytes(data)
    if len(data) <= CHUNK:
        return hash_chunk(data, 0, ROOT)
    whole = len(data) // CHUNK
    nodes = [node for first in range(0, whole, AT_ONCE)
             for node in hash_whole_chunks(data, first, min(AT_ONCE, whole - first))]
    if len(data) % CHUNK:
        nodes.append(hash_chunk(data[whole * CHUNK:], whole, 0))
    # Pairs from the left, and an odd one goes up as it is: the left of every node is a full tree.
    while len(nodes) > 1:
        flags = PARENT | (ROOT if len(nodes) == 2 else 0)
        parents = [struct.pack('<8I', *compress(IV, words_of(nodes[at] + nodes[at + 1]), 0, BLOCK, flags))
                   for at in range(0, len(nodes) - 1, 2)]
        nodes = parents + nodes[len(parents) * 2:]
    return nodes[0]
