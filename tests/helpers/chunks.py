# SPDX-License-Identifier: MIT
"""What is read of a file by the thousand, as single rows."""

from leaddesk.core.domain.rows import LeadRow
from leaddesk.core.formats import lead_rows
from leaddesk.core.store.lead_mapping import to_column, values_of_columns


def rows_of(chunks):
    """Return the rows and problems of chunks, in the order of the file."""
    found = []
    for chunk in chunks:
        found += chunk.problems
        names = (*chunk.values, "extra", "as_written")
        columns = [*chunk.values.values(), chunk.extra, chunk.as_written]
        written = (to_column(name, column) for name, column in zip(names, columns, strict=True))
        for line, row, ids in zip(
            chunk.lines, zip(*written, strict=True), chunk.external_ids, strict=True
        ):
            values = values_of_columns(names, row)
            found.append(LeadRow(line, values | ({"external_ids": ids} if ids else {})))
    return sorted(found, key=lambda row: row.line)


def read_leads(*args, **options):
    """Return what `lead_rows.read_leads` reads, row by row."""
    return iter(rows_of(lead_rows.read_leads(*args, **options)))
