"""What the history of each contact adds up to, in SQL: kept beside the records, so that nobody reads it all to ask.

Who has been quiet for too long must be told each morning, among very many people and in no time. How long is too long
follows from settings and the day, which change; but it is the same for all who agree in a few things, and those are
kept, as `expected`, with the last moment in touch, in the order of an index. So for each of the few kinds of
relationship only those who are late are read.
"""

from __future__ import annotations

#: Follow-ups of these kinds can be done without being in touch with anybody.
REACHING_NOBODY = ("prepare", "reminder", "other")

#: Ends the origin key of a check-in that was closed because something was logged meanwhile: what was logged counts.
ANSWERED = ":answered"

#: The columns of a summary, in the order in which `select` gives them.
COLUMNS = ("id", "last_interaction_at", "first_interaction_at", "interactions", "in_touch_at", "expected")

_REACHED = f"""
SELECT max(followup.closed_at) FROM followup_contact JOIN followup ON followup.id = followup_contact.followup_id
WHERE followup_contact.contact_id = contact.id AND followup.state = 'done'
    AND followup.kind NOT IN {REACHING_NOBODY!r}
    AND substr(followup.origin_key, -{len(ANSWERED)}) != '{ANSWERED}'
"""
_ROLES = """
SELECT group_concat(role, char(10)) FROM (SELECT role FROM contact_role WHERE contact_id = contact.id ORDER BY id)
"""


def select(where: str = "") -> str:
    """A selection of the summaries of these contacts as the records say. `where` is SQL over the table `contact`.

    `in_touch_at` is the last interaction, or the last follow-up done that reached out. `expected` is a JSON array of
    all that decides how long a silence may be: own rhythm, own longest silence, tie, whether the contact matters, and
    the roles, one a line; NULL where nothing is expected.
    """
    return f"""
SELECT contact.id, max(interaction.at), min(interaction.at), count(interaction.id),
    nullif(max(coalesce(max(interaction.at), ''), coalesce(({_REACHED}), '')), ''),
    CASE WHEN rhythm_days > 0 OR longest_days > 0 OR matters = 1 OR tie = 'strong'
        OR EXISTS (SELECT 1 FROM contact_role WHERE contact_id = contact.id)
    THEN json_array(rhythm_days, longest_days, tie, matters, ({_ROLES})) END
FROM contact LEFT JOIN interaction_contact ON interaction_contact.contact_id = contact.id
LEFT JOIN interaction ON interaction.id = interaction_contact.interaction_id {where} GROUP BY contact.id
"""
