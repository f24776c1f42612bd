# SPDX-License-Identifier: MIT
"""What all tables share: names of constraints, and columns that are never NULL."""

from sqlalchemy import Column, Integer, MetaData, Text, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text_column(name: str) -> "Column[str]":
    """Return a column of texts, '' where nothing is said."""
    return Column(name, Text, nullable=False, server_default=text("''"))


def number_column(name: str) -> "Column[int]":
    """Return a column of whole numbers or flags, 0 where nothing is said."""
    return Column(name, Integer, nullable=False, server_default=text("0"))
