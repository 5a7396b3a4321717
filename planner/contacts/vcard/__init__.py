"""vCard files (2.1, RFC 2426 and RFC 6350): everything other programs write is read, 3.0 and 4.0 are written.

- `read_vcards(source)` yields a `ParsedContact` or a `FailedItem` for each card of a file, one at a time.
- `write_vcard(details, uid, version, ...)` gives the text of one card; `write_vcards(contacts, stream, ...)` many.
- What a field can't hold is kept in `ContactDetails.extras`: properties without a field, and, marked with the field
  they stand for, properties that say more than it. `other_properties(details)` are the first kind, for showing.
- `joined_extras(first, second)` unites the extras of two contacts that are merged.

Doubts of a parsed contact are under the names of fields, and "card" (incomplete) or "encoding" (guessed).
"""

from planner.contacts.vcard.originals import joined_extras, other_properties
from planner.contacts.vcard.reader import read_vcards
from planner.contacts.vcard.writer import Version, write_vcard, write_vcards

__all__ = ["Version", "joined_extras", "other_properties", "read_vcards", "write_vcard", "write_vcards"]
