"""The group ristretto255 (RFC 9496), on the curve arithmetic of the Ed25519 certificate. Not constant in time."""

from ed25519_identity import D, P, BASE, L, add, multiply

__all__ = ['BASE', 'L', 'decode', 'element_of', 'encode', 'multiply']

SQRT_M1 = pow(2, (P - 1) // 4, P)


def is_negative(value):
    return value % P & 1


def absolute(value):
    value %= P
    return P - value if value & 1 else value


def square_root_of_ratio(u, v):
    """(whether u/v is a square, the non-negative root of u/v or of SQRT_M1·u/v): RFC 9496, 4.2."""
    root = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * root * root % P
    u %= P
    correct, flipped, flipped_i = check == u, check == -u % P, check == -u * SQRT_M1 % P
    if flipped or flipped_i:
        root = root * SQRT_M1 % P
    return correct or flipped, absolute(root)


INVERSE_SQRT_A_MINUS_D = square_root_of_ratio(1, (-1 - D) % P)[1]
SQRT_AD_MINUS_ONE = P - absolute(square_root_of_ratio((-D - 1) % P, 1)[1])
ONE_MINUS_D_SQUARED = (1 - D * D) % P
D_MINUS_ONE_SQUARED = pow(D - 1, 2, P)


def decode(data):
    """The element of these 32 bytes, or None where they are none."""
    s = int.from_bytes(data, 'little')
    if len(data) != 32 or s >= P or is_negative(s):
        return None
    square = s * s % P
    u1, u2 = (1 - square) % P, (1 + square) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    was_square, inverse = square_root_of_ratio(1, v * u2 * u2 % P)
    x_part = inverse * u2 % P
    y_part = inverse * x_part * v % P
    x, y = absolute(2 * s * x_part), u1 * y_part % P
    t = x * y % P
    if not was_square or is_negative(t) or y == 0:
        return None
    return (x, y, 1, t)


def encode(point):
    x0, y0, z0, t0 = point
    u1, u2 = (z0 + y0) * (z0 - y0) % P, x0 * y0 % P
    _, inverse = square_root_of_ratio(1, u1 * u2 * u2 % P)
    den1, den2 = inverse * u1 % P, inverse * u2 % P
    z_inverse = den1 * den2 * t0 % P
    if is_negative(t0 * z_inverse):
        x, y, den_inverse = y0 * SQRT_M1 % P, x0 * SQRT_M1 % P, den1 * INVERSE_SQRT_A_MINUS_D % P
    else:
        x, y, den_inverse = x0, y0, den2
    if is_negative(x * z_inverse):
        y = -y % P
    return absolute(den_inverse * (z0 - y)).to_bytes(32, 'little')


def map_to_point(t):
    r = SQRT_M1 * t * t % P
    u = (r + 1) * ONE_MINUS_D_SQUARED % P
    v = (-1 - r * D) * (r + D) % P
    was_square, s = square_root_of_ratio(u, v)
    c = P - 1
    if not was_square:
        s, c = -absolute(s * t) % P, r
    n = (c * (r - 1) * D_MINUS_ONE_SQUARED - v) % P
    w0, w1 = 2 * s * v % P, n * SQRT_AD_MINUS_ONE % P
    w2, w3 = (1 - s * s) % P, (1 + s * s) % P
    return (w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P)


def element_of(data):
    """The element that 64 uniform bytes stand for."""
    halves = (int.from_bytes(data[at:at + 32], 'little') & (1 << 255) - 1 for at in (0, 32))
    return add(*(map_to_point(half % P) for half in halves))
