# SPDX-License-Identifier: MIT
"""The SQLite file. The only package that knows SQLAlchemy and Alembic; rows do not leave it."""
