"""Conversations by the thousand, put into a desk's tables at once: how they came there is not what is looked at."""

COLUMNS = {
    "citizen": ("id, network, account, handle, display_name", "1000000 + i, 'mastodon', 'masse' || i, 'masse' || i || '@a.example', 'Person ' || i"),
    "conversation": (
        "id, channel_id, citizen_id, thread, visibility, state, last_message_id, last_at, owed_since, due_at, due_by, moved_at",
        "1000000 + i, channel_id, 1000000 + i, 'masse' || i, 'public', 'open', 1000000 + i, last_at - i * 1000, owed_since, due_at + i * 60000,"
        " due_by, moved_at - i * 1000"),
    "message": (
        "id, conversation_id, channel_id, network, direction, object, citizen_id, text, visibility, network_visibility, received_at, written_at",
        "1000000 + i, 1000000 + i, channel_id, network, direction, 'masse' || i, 1000000 + i, 'Frage ' || i || ' von vielen, und etwas länger,"
        " damit die Zeile voll ist', 'public', 'public', received_at, written_at"),
}


def fill(desk, like, count):
    """So many conversations like one that is there: each a second older, and due a minute later."""
    numbers = f"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    origin = {"citizen": "n", "conversation": f"n, conversation WHERE conversation.id = {like}", "message": f"n, message WHERE message.conversation_id = {like}"}
    desk.change(";".join(
        f"INSERT INTO {table} ({names}) {numbers} SELECT {values} FROM {origin[table]}" for table, (names, values) in COLUMNS.items()))
