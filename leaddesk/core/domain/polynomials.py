# SPDX-License-Identifier: MIT
"""Polynomials with whole coefficients, each packed into one integer: coefficient k in slot k.

A slot has as many bits as the largest coefficient that can come up, so that no slot runs into the
next: then one integer multiplication is one convolution. Used by `chances` and `flips`.
"""


def ones(slots: int, bits: int) -> int:
    """Return a polynomial with coefficient one in each of its first `slots` slots."""
    return ((1 << slots * bits) - 1) // ((1 << bits) - 1) if slots > 0 else 0


def times_ones(poly: int, slots: int, bits: int) -> int:
    """Return `poly * ones(slots, bits)`: sums of coefficients next to each other.

    A long division by one small number instead of a multiplication of two large ones.
    """
    return ((poly << slots * bits) - poly) // ((1 << bits) - 1)


def sum_of(poly: int, bits: int) -> int:
    """Return the sum of all coefficients, which has to be less than 2**bits - 1.

    Source: as 1000 is 1 modulo 999, the unit of every slot is 1 modulo 2**bits - 1.
    """
    return poly % ((1 << bits) - 1)


def from_slot(poly: int, slot: int, bits: int) -> int:
    """Return the polynomial without its coefficients below `slot`; the others stay in place."""
    return poly >> slot * bits << slot * bits if slot > 0 else poly
