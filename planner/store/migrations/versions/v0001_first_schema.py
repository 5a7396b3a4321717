"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("synced_at", sa.Text(), nullable=True),
        sa.Column("waits_until", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("uid", name=op.f("uq_account_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "blob",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob")),
        sa.UniqueConstraint("hash", name=op.f("uq_blob_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "calendar_item",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_item")),
        sa.UniqueConstraint("target", "uid", name=op.f("uq_calendar_item_target_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "change_mark",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("command_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_mark")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "column_mapping",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mapping")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_column_mapping_fingerprint")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "command",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_command")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_command_undone"), "command", ["undone"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("additional", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("phonetic", sa.Text(), nullable=False),
        sa.Column("pronouns", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("tie", sa.Text(), nullable=True),
        sa.Column("rhythm_days", sa.Integer(), nullable=True),
        sa.Column("longest_days", sa.Integer(), nullable=True),
        sa.Column("matters", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("remember", sa.Text(), nullable=False),
        sa.Column("research", sa.Text(), nullable=False),
        sa.Column("looking_for", sa.Text(), nullable=False),
        sa.Column("can_offer", sa.Text(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=True),
        sa.Column("preferred_channel", sa.Text(), nullable=False),
        sa.Column("hours_from", sa.Text(), nullable=False),
        sa.Column("hours_to", sa.Text(), nullable=False),
        sa.Column("quiet_until", sa.Date(), nullable=True),
        sa.Column("topics_off", sa.Text(), nullable=False),
        sa.Column("no_asks", sa.Boolean(), nullable=False),
        sa.Column("expectations", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_organisation"), "contact", ["organisation"], unique=False)
    op.create_index(op.f("ix_contact_sort_key"), "contact", ["sort_key"], unique=False)
    op.create_index(op.f("ix_contact_updated_at"), "contact", ["updated_at"], unique=False)
    op.create_table(
        "contact_summary",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_interaction_at", sa.Text(), nullable=True),
        sa.Column("first_interaction_at", sa.Text(), nullable=True),
        sa.Column("interactions", sa.Integer(), nullable=False),
        sa.Column("in_touch_at", sa.Text(), nullable=True),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_summary")),
    )
    op.create_index(
        "ix_contact_summary_expected",
        "contact_summary",
        ["expected", "in_touch_at"],
        unique=False,
        sqlite_where=sa.text("expected IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_contact_summary_last_interaction_at"), "contact_summary", ["last_interaction_at"], unique=False
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("organisations", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("uid", name=op.f("uq_goal_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisation_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pitch",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("target_seconds", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch")),
        sa.UniqueConstraint("uid", name=op.f("uq_pitch_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("builtin", sa.Text(), nullable=False),
        sa.Column("event_kinds", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("uid", name=op.f("uq_plan_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sync_log",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_log")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sync_log_at"), "sync_log", ["at"], unique=False)
    op.create_table(
        "template",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("builtin", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("uid", name=op.f("uq_template_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "acquaintance",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_acquaintance_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["contact.id"], name=op.f("fk_acquaintance_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acquaintance")),
        sa.UniqueConstraint("contact_id", "other_id", name=op.f("uq_acquaintance_contact_id_other_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_acquaintance_contact_id"), "acquaintance", ["contact_id"], unique=False)
    op.create_index(op.f("ix_acquaintance_other_id"), "acquaintance", ["other_id"], unique=False)
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_collection_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("account_id", "url", "purpose", name=op.f("uq_collection_account_id_url_purpose")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_collection_account_id"), "collection", ["account_id"], unique=False)
    op.create_table(
        "command_row",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("command_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("last_row_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["command_id"], ["command.id"], name=op.f("fk_command_row_command_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_command_row")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_command_row_command_id"), "command_row", ["command_id"], unique=False)
    op.create_index("ix_command_row_command_id_id", "command_row", ["command_id", "id"], unique=False)
    op.create_table(
        "contact_address",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("po_box", sa.Text(), nullable=False),
        sa.Column("extended", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_address_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_address")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_address_contact_id"), "contact_address", ["contact_id"], unique=False)
    op.create_table(
        "contact_date",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_date_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_date")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_date_contact_id"), "contact_date", ["contact_id"], unique=False)
    op.create_index("ix_contact_date_month_day", "contact_date", ["month", "day"], unique=False)
    op.create_table(
        "contact_email",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_email_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_email")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_email_address_key"), "contact_email", ["address_key"], unique=False)
    op.create_index(op.f("ix_contact_email_contact_id"), "contact_email", ["contact_id"], unique=False)
    op.create_table(
        "contact_link",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_link_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_link")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_link_contact_id"), "contact_link", ["contact_id"], unique=False)
    op.create_index(op.f("ix_contact_link_url_key"), "contact_link", ["url_key"], unique=False)
    op.create_table(
        "contact_not_same",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_not_same_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["contact.id"], name=op.f("fk_contact_not_same_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_not_same")),
        sa.UniqueConstraint("contact_id", "other_id", name=op.f("uq_contact_not_same_contact_id_other_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_not_same_contact_id"), "contact_not_same", ["contact_id"], unique=False)
    op.create_index(op.f("ix_contact_not_same_other_id"), "contact_not_same", ["other_id"], unique=False)
    op.create_table(
        "contact_phone",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("e164", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_phone_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_phone")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_phone_contact_id"), "contact_phone", ["contact_id"], unique=False)
    op.create_index(op.f("ix_contact_phone_e164"), "contact_phone", ["e164"], unique=False)
    op.create_table(
        "contact_property",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_property_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_property")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_property_contact_id"), "contact_property", ["contact_id"], unique=False)
    op.create_table(
        "contact_role",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_role_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_role")),
        sa.UniqueConstraint("contact_id", "role", name=op.f("uq_contact_role_contact_id_role")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_role_contact_id"), "contact_role", ["contact_id"], unique=False)
    op.create_index(op.f("ix_contact_role_role"), "contact_role", ["role"], unique=False)
    op.create_table(
        "contact_tag",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_tag_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_tag")),
        sa.UniqueConstraint("contact_id", "tag", name=op.f("uq_contact_tag_contact_id_tag")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_tag_contact_id"), "contact_tag", ["contact_id"], unique=False)
    op.create_index(op.f("ix_contact_tag_tag"), "contact_tag", ["tag"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.Text(), nullable=False),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("pitch_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitch.id"], name=op.f("fk_event_pitch_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_event_plan_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["previous_id"], ["event.id"], name=op.f("fk_event_previous_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_pitch_id"), "event", ["pitch_id"], unique=False)
    op.create_index(op.f("ix_event_plan_id"), "event", ["plan_id"], unique=False)
    op.create_index(op.f("ix_event_previous_id"), "event", ["previous_id"], unique=False)
    op.create_index(op.f("ix_event_starts_at"), "event", ["starts_at"], unique=False)
    op.create_table(
        "goal_contact",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_goal_contact_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_contact_goal_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_contact")),
        sa.UniqueConstraint("goal_id", "contact_id", name=op.f("uq_goal_contact_goal_id_contact_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_goal_contact_contact_id"), "goal_contact", ["contact_id"], unique=False)
    op.create_index(op.f("ix_goal_contact_goal_id"), "goal_contact", ["goal_id"], unique=False)
    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("a_id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer(), nullable=True),
        sa.Column("introducer_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("a_asked_on", sa.Date(), nullable=True),
        sa.Column("a_consent", sa.Text(), nullable=False),
        sa.Column("b_asked_on", sa.Date(), nullable=True),
        sa.Column("b_consent", sa.Text(), nullable=False),
        sa.Column("introducer_asked_on", sa.Date(), nullable=True),
        sa.Column("introducer_consent", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["a_id"], ["contact.id"], name=op.f("fk_introduction_a_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b_id"], ["contact.id"], name=op.f("fk_introduction_b_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["introducer_id"], ["contact.id"], name=op.f("fk_introduction_introducer_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
        sa.UniqueConstraint("uid", name=op.f("uq_introduction_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_introduction_a_id"), "introduction", ["a_id"], unique=False)
    op.create_index(op.f("ix_introduction_b_id"), "introduction", ["b_id"], unique=False)
    op.create_index(op.f("ix_introduction_introducer_id"), "introduction", ["introducer_id"], unique=False)
    op.create_index(op.f("ix_introduction_state"), "introduction", ["state"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("volunteering", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_membership_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("organisation_id", "contact_id", name=op.f("uq_membership_organisation_id_contact_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_membership_contact_id"), "membership", ["contact_id"], unique=False)
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("before_title", sa.Text(), nullable=False),
        sa.Column("before_organisation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_milestone_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("uid", name=op.f("uq_milestone_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_milestone_contact_id"), "milestone", ["contact_id"], unique=False)
    op.create_table(
        "pitch_version",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitch.id"], name=op.f("fk_pitch_version_pitch_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_version")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pitch_version_pitch_id"), "pitch_version", ["pitch_id"], unique=False)
    op.create_table(
        "plan_step",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_step_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["template_id"], ["template.id"], name=op.f("fk_plan_step_template_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_step_plan_id"), "plan_step", ["plan_id"], unique=False)
    op.create_index(op.f("ix_plan_step_template_id"), "plan_step", ["template_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_attendance_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_attendance_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("event_id", "contact_id", name=op.f("uq_attendance_event_id_contact_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attendance_contact_id"), "attendance", ["contact_id"], unique=False)
    op.create_index(op.f("ix_attendance_event_id"), "attendance", ["event_id"], unique=False)
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=True),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_card_contact_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_card_event_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("uid", name=op.f("uq_card_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_card_contact_id"), "card", ["contact_id"], unique=False)
    op.create_index(op.f("ix_card_event_id"), "card", ["event_id"], unique=False)
    op.create_index(op.f("ix_card_state"), "card", ["state"], unique=False)
    op.create_table(
        "checklist_item",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_checklist_item_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_item")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_checklist_item_event_id"), "checklist_item", ["event_id"], unique=False)
    op.create_table(
        "collection_item",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("conflict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk_collection_item_collection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_item")),
        sa.UniqueConstraint("collection_id", "path", name=op.f("uq_collection_item_collection_id_path")),
        sa.UniqueConstraint("collection_id", "uid", name=op.f("uq_collection_item_collection_id_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_collection_item_collection_id"), "collection_item", ["collection_id"], unique=False)
    op.create_table(
        "interaction",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("has_time", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_interaction_event_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction")),
        sa.UniqueConstraint("uid", name=op.f("uq_interaction_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_interaction_at"), "interaction", ["at"], unique=False)
    op.create_index(op.f("ix_interaction_event_id"), "interaction", ["event_id"], unique=False)
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_interview_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_interview_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("event_id", name=op.f("uq_interview_event_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_interview_contact_id"), "interview", ["contact_id"], unique=False)
    op.create_table(
        "interview_named",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_interview_named_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_interview_named_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_named")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_interview_named_contact_id"), "interview_named", ["contact_id"], unique=False)
    op.create_index(op.f("ix_interview_named_event_id"), "interview_named", ["event_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("invited_at", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_invitation_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_invitation_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("event_id", "contact_id", name=op.f("uq_invitation_event_id_contact_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_invitation_contact_id"), "invitation", ["contact_id"], unique=False)
    op.create_index(op.f("ix_invitation_event_id"), "invitation", ["event_id"], unique=False)
    op.create_index(op.f("ix_invitation_uid"), "invitation", ["uid"], unique=False)
    op.create_table(
        "log_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("mediator_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_log_entry_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_log_entry_event_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["contact.id"], name=op.f("fk_log_entry_mediator_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["log_entry.id"], name=op.f("fk_log_entry_replaces_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_log_entry_contact_id"), "log_entry", ["contact_id"], unique=False)
    op.create_index("ix_log_entry_contact_kind", "log_entry", ["contact_id", "kind"], unique=False)
    op.create_index(op.f("ix_log_entry_event_id"), "log_entry", ["event_id"], unique=False)
    op.create_index(op.f("ix_log_entry_mediator_id"), "log_entry", ["mediator_id"], unique=False)
    op.create_index(op.f("ix_log_entry_replaces_id"), "log_entry", ["replaces_id"], unique=False)
    op.create_table(
        "organisation_meeting",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_organisation_meeting_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_meeting_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_meeting")),
        sa.UniqueConstraint(
            "organisation_id", "event_id", name=op.f("uq_organisation_meeting_organisation_id_event_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_meeting_event_id"), "organisation_meeting", ["event_id"], unique=False)
    op.create_index(
        op.f("ix_organisation_meeting_organisation_id"), "organisation_meeting", ["organisation_id"], unique=False
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.Text(), nullable=True),
        sa.Column("ends_at", sa.Text(), nullable=True),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_session_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_session_event_id"), "session", ["event_id"], unique=False)
    op.create_index(op.f("ix_session_external_id"), "session", ["external_id"], unique=False)
    op.create_table(
        "exchange",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("introduction_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_exchange_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_exchange_event_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name=op.f("fk_exchange_interaction_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_exchange_introduction_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
        sa.UniqueConstraint("uid", name=op.f("uq_exchange_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_exchange_contact_id"), "exchange", ["contact_id"], unique=False)
    op.create_index(op.f("ix_exchange_event_id"), "exchange", ["event_id"], unique=False)
    op.create_index(op.f("ix_exchange_interaction_id"), "exchange", ["interaction_id"], unique=False)
    op.create_index(op.f("ix_exchange_introduction_id"), "exchange", ["introduction_id"], unique=False)
    op.create_table(
        "interaction_contact",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_interaction_contact_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_interaction_contact_interaction_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction_contact")),
        sa.UniqueConstraint(
            "contact_id", "interaction_id", name=op.f("uq_interaction_contact_contact_id_interaction_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_interaction_contact_contact_id"), "interaction_contact", ["contact_id"], unique=False)
    op.create_index(
        op.f("ix_interaction_contact_interaction_id"), "interaction_contact", ["interaction_id"], unique=False
    )
    op.create_table(
        "preparation_item",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendance.id"], name=op.f("fk_preparation_item_attendance_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_item")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_preparation_item_attendance_id"), "preparation_item", ["attendance_id"], unique=False)
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_promise_contact_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_promise_event_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name=op.f("fk_promise_interaction_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint("uid", name=op.f("uq_promise_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_promise_contact_id"), "promise", ["contact_id"], unique=False)
    op.create_index(op.f("ix_promise_event_id"), "promise", ["event_id"], unique=False)
    op.create_index(op.f("ix_promise_interaction_id"), "promise", ["interaction_id"], unique=False)
    op.create_index(op.f("ix_promise_state"), "promise", ["state"], unique=False)
    op.create_table(
        "session_speaker",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_session_speaker_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_speaker_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_speaker")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_session_speaker_contact_id"), "session_speaker", ["contact_id"], unique=False)
    op.create_index(op.f("ix_session_speaker_session_id"), "session_speaker", ["session_id"], unique=False)
    op.create_table(
        "followup",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_time", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("remind_minutes", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("message_subject", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("snoozes", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("origin_key", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("promise_id", sa.Integer(), nullable=True),
        sa.Column("introduction_id", sa.Integer(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_followup_event_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_followup_introduction_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_followup_milestone_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_followup_promise_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["template.id"], name=op.f("fk_followup_template_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followup")),
        sa.UniqueConstraint("uid", name=op.f("uq_followup_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_followup_event_id"), "followup", ["event_id"], unique=False)
    op.create_index(op.f("ix_followup_introduction_id"), "followup", ["introduction_id"], unique=False)
    op.create_index(op.f("ix_followup_milestone_id"), "followup", ["milestone_id"], unique=False)
    op.create_index(op.f("ix_followup_origin_key"), "followup", ["origin_key"], unique=False)
    op.create_index(op.f("ix_followup_promise_id"), "followup", ["promise_id"], unique=False)
    op.create_index("ix_followup_state_due_on", "followup", ["state", "due_on"], unique=False)
    op.create_index(op.f("ix_followup_template_id"), "followup", ["template_id"], unique=False)
    op.create_table(
        "followup_contact",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("followup_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_followup_contact_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["followup_id"], ["followup.id"], name=op.f("fk_followup_contact_followup_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followup_contact")),
        sa.UniqueConstraint("followup_id", "contact_id", name=op.f("uq_followup_contact_followup_id_contact_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_followup_contact_contact_id"), "followup_contact", ["contact_id"], unique=False)
    op.create_index(op.f("ix_followup_contact_followup_id"), "followup_contact", ["followup_id"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE contact_search USING fts5(name, work, rest, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 4')"
    )


def downgrade() -> None:
    op.execute("DROP TABLE contact_search")
    op.drop_index(op.f("ix_followup_contact_followup_id"), table_name="followup_contact")
    op.drop_index(op.f("ix_followup_contact_contact_id"), table_name="followup_contact")
    op.drop_table("followup_contact")
    op.drop_index(op.f("ix_followup_template_id"), table_name="followup")
    op.drop_index("ix_followup_state_due_on", table_name="followup")
    op.drop_index(op.f("ix_followup_promise_id"), table_name="followup")
    op.drop_index(op.f("ix_followup_origin_key"), table_name="followup")
    op.drop_index(op.f("ix_followup_milestone_id"), table_name="followup")
    op.drop_index(op.f("ix_followup_introduction_id"), table_name="followup")
    op.drop_index(op.f("ix_followup_event_id"), table_name="followup")
    op.drop_table("followup")
    op.drop_index(op.f("ix_session_speaker_session_id"), table_name="session_speaker")
    op.drop_index(op.f("ix_session_speaker_contact_id"), table_name="session_speaker")
    op.drop_table("session_speaker")
    op.drop_index(op.f("ix_promise_state"), table_name="promise")
    op.drop_index(op.f("ix_promise_interaction_id"), table_name="promise")
    op.drop_index(op.f("ix_promise_event_id"), table_name="promise")
    op.drop_index(op.f("ix_promise_contact_id"), table_name="promise")
    op.drop_table("promise")
    op.drop_index(op.f("ix_preparation_item_attendance_id"), table_name="preparation_item")
    op.drop_table("preparation_item")
    op.drop_index(op.f("ix_interaction_contact_interaction_id"), table_name="interaction_contact")
    op.drop_index(op.f("ix_interaction_contact_contact_id"), table_name="interaction_contact")
    op.drop_table("interaction_contact")
    op.drop_index(op.f("ix_exchange_introduction_id"), table_name="exchange")
    op.drop_index(op.f("ix_exchange_interaction_id"), table_name="exchange")
    op.drop_index(op.f("ix_exchange_event_id"), table_name="exchange")
    op.drop_index(op.f("ix_exchange_contact_id"), table_name="exchange")
    op.drop_table("exchange")
    op.drop_index(op.f("ix_session_external_id"), table_name="session")
    op.drop_index(op.f("ix_session_event_id"), table_name="session")
    op.drop_table("session")
    op.drop_index(op.f("ix_organisation_meeting_organisation_id"), table_name="organisation_meeting")
    op.drop_index(op.f("ix_organisation_meeting_event_id"), table_name="organisation_meeting")
    op.drop_table("organisation_meeting")
    op.drop_index(op.f("ix_log_entry_replaces_id"), table_name="log_entry")
    op.drop_index(op.f("ix_log_entry_mediator_id"), table_name="log_entry")
    op.drop_index(op.f("ix_log_entry_event_id"), table_name="log_entry")
    op.drop_index("ix_log_entry_contact_kind", table_name="log_entry")
    op.drop_index(op.f("ix_log_entry_contact_id"), table_name="log_entry")
    op.drop_table("log_entry")
    op.drop_index(op.f("ix_invitation_uid"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_event_id"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_contact_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_interview_named_event_id"), table_name="interview_named")
    op.drop_index(op.f("ix_interview_named_contact_id"), table_name="interview_named")
    op.drop_table("interview_named")
    op.drop_index(op.f("ix_interview_contact_id"), table_name="interview")
    op.drop_table("interview")
    op.drop_index(op.f("ix_interaction_event_id"), table_name="interaction")
    op.drop_index(op.f("ix_interaction_at"), table_name="interaction")
    op.drop_table("interaction")
    op.drop_index(op.f("ix_collection_item_collection_id"), table_name="collection_item")
    op.drop_table("collection_item")
    op.drop_index(op.f("ix_checklist_item_event_id"), table_name="checklist_item")
    op.drop_table("checklist_item")
    op.drop_index(op.f("ix_card_state"), table_name="card")
    op.drop_index(op.f("ix_card_event_id"), table_name="card")
    op.drop_index(op.f("ix_card_contact_id"), table_name="card")
    op.drop_table("card")
    op.drop_index(op.f("ix_attendance_event_id"), table_name="attendance")
    op.drop_index(op.f("ix_attendance_contact_id"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_plan_step_template_id"), table_name="plan_step")
    op.drop_index(op.f("ix_plan_step_plan_id"), table_name="plan_step")
    op.drop_table("plan_step")
    op.drop_index(op.f("ix_pitch_version_pitch_id"), table_name="pitch_version")
    op.drop_table("pitch_version")
    op.drop_index(op.f("ix_milestone_contact_id"), table_name="milestone")
    op.drop_table("milestone")
    op.drop_index(op.f("ix_membership_organisation_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_contact_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_introduction_state"), table_name="introduction")
    op.drop_index(op.f("ix_introduction_introducer_id"), table_name="introduction")
    op.drop_index(op.f("ix_introduction_b_id"), table_name="introduction")
    op.drop_index(op.f("ix_introduction_a_id"), table_name="introduction")
    op.drop_table("introduction")
    op.drop_index(op.f("ix_goal_contact_goal_id"), table_name="goal_contact")
    op.drop_index(op.f("ix_goal_contact_contact_id"), table_name="goal_contact")
    op.drop_table("goal_contact")
    op.drop_index(op.f("ix_event_starts_at"), table_name="event")
    op.drop_index(op.f("ix_event_previous_id"), table_name="event")
    op.drop_index(op.f("ix_event_plan_id"), table_name="event")
    op.drop_index(op.f("ix_event_pitch_id"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_contact_tag_tag"), table_name="contact_tag")
    op.drop_index(op.f("ix_contact_tag_contact_id"), table_name="contact_tag")
    op.drop_table("contact_tag")
    op.drop_index(op.f("ix_contact_role_role"), table_name="contact_role")
    op.drop_index(op.f("ix_contact_role_contact_id"), table_name="contact_role")
    op.drop_table("contact_role")
    op.drop_index(op.f("ix_contact_property_contact_id"), table_name="contact_property")
    op.drop_table("contact_property")
    op.drop_index(op.f("ix_contact_phone_e164"), table_name="contact_phone")
    op.drop_index(op.f("ix_contact_phone_contact_id"), table_name="contact_phone")
    op.drop_table("contact_phone")
    op.drop_index(op.f("ix_contact_not_same_other_id"), table_name="contact_not_same")
    op.drop_index(op.f("ix_contact_not_same_contact_id"), table_name="contact_not_same")
    op.drop_table("contact_not_same")
    op.drop_index(op.f("ix_contact_link_url_key"), table_name="contact_link")
    op.drop_index(op.f("ix_contact_link_contact_id"), table_name="contact_link")
    op.drop_table("contact_link")
    op.drop_index(op.f("ix_contact_email_contact_id"), table_name="contact_email")
    op.drop_index(op.f("ix_contact_email_address_key"), table_name="contact_email")
    op.drop_table("contact_email")
    op.drop_index("ix_contact_date_month_day", table_name="contact_date")
    op.drop_index(op.f("ix_contact_date_contact_id"), table_name="contact_date")
    op.drop_table("contact_date")
    op.drop_index(op.f("ix_contact_address_contact_id"), table_name="contact_address")
    op.drop_table("contact_address")
    op.drop_index("ix_command_row_command_id_id", table_name="command_row")
    op.drop_index(op.f("ix_command_row_command_id"), table_name="command_row")
    op.drop_table("command_row")
    op.drop_index(op.f("ix_collection_account_id"), table_name="collection")
    op.drop_table("collection")
    op.drop_index(op.f("ix_acquaintance_other_id"), table_name="acquaintance")
    op.drop_index(op.f("ix_acquaintance_contact_id"), table_name="acquaintance")
    op.drop_table("acquaintance")
    op.drop_table("template")
    op.drop_index(op.f("ix_sync_log_at"), table_name="sync_log")
    op.drop_table("sync_log")
    op.drop_table("setting")
    op.drop_table("saved_filter")
    op.drop_table("question")
    op.drop_table("plan")
    op.drop_table("pitch")
    op.drop_table("organisation")
    op.drop_table("goal")
    op.drop_index(op.f("ix_contact_summary_last_interaction_at"), table_name="contact_summary")
    op.drop_index(
        "ix_contact_summary_expected", table_name="contact_summary", sqlite_where=sa.text("expected IS NOT NULL")
    )
    op.drop_table("contact_summary")
    op.drop_index(op.f("ix_contact_updated_at"), table_name="contact")
    op.drop_index(op.f("ix_contact_sort_key"), table_name="contact")
    op.drop_index(op.f("ix_contact_organisation"), table_name="contact")
    op.drop_table("contact")
    op.drop_index(op.f("ix_command_undone"), table_name="command")
    op.drop_table("command")
    op.drop_table("column_mapping")
    op.drop_table("change_mark")
    op.drop_table("calendar_item")
    op.drop_table("blob")
    op.drop_table("account")
