"""Mastodon.py drives the simulated Mastodon, so that it can't drift into what we wish the network were."""

import base64
import hashlib
import html
import re
import threading
import time
from datetime import datetime, timedelta, timezone

import pytest
import requests
from mastodon import Mastodon, StreamListener
from mastodon.errors import (
    MastodonAPIError,
    MastodonIllegalArgumentError,
    MastodonNetworkError,
    MastodonNotFoundError,
    MastodonRatelimitError,
    MastodonServerError,
    MastodonUnauthorizedError,
)

SCOPES = ["read", "write", "push"]
REDIRECT = "http://127.0.0.1:1/zurueck"
PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


def client(simulator, acct="stadt", scopes="read write follow push", **more):
    return Mastodon(
        access_token=simulator.token(acct, scopes), api_base_url=simulator.base, ratelimit_method="throw", version_check_mode="none", **more
    )


@pytest.fixture
def town(simulator):
    return client(simulator)


@pytest.fixture
def ida(simulator):
    return client(simulator, "ida@anderswo.example")


def consent(simulator, url, decision="allow", account="stadt"):
    """Presses the button on the consent page, as a person would."""
    page = requests.get(url, timeout=10)
    assert page.status_code == 200, page.text
    fields = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)">', page.text)}
    fields.update(account=account, decision=decision)
    return requests.post(f"{simulator.base}/oauth/authorize", data=fields, allow_redirects=False, timeout=10)


def code_in(answer):
    return re.search(r"[?&]code=([^&]+)", answer.headers["location"]).group(1)


def wait_until(condition, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


# Signing in


def test_an_app_registers_and_signs_in_with_a_code(simulator):
    client_id, secret = Mastodon.create_app("Probe", scopes=SCOPES, redirect_uris=REDIRECT, api_base_url=simulator.base)
    app = Mastodon(client_id=client_id, client_secret=secret, api_base_url=simulator.base)
    url = app.auth_request_url(redirect_uris=REDIRECT, scopes=SCOPES, state="merk dir das", allow_http=True)
    answer = consent(simulator, url)
    assert answer.status_code == 302
    assert "state=merk%20dir%20das" in answer.headers["location"]
    app.log_in(code=code_in(answer), redirect_uri=REDIRECT, scopes=SCOPES, allow_http=True)
    assert app.account_verify_credentials()["acct"] == "stadt"
    assert app.app_verify_credentials()["name"] == "Probe"
    app.revoke_access_token(allow_http=True)
    with pytest.raises((MastodonUnauthorizedError, MastodonIllegalArgumentError)):
        app.account_verify_credentials()


def test_an_out_of_band_code_is_shown_on_a_page(simulator):
    client_id, secret = Mastodon.create_app("Probe", scopes=SCOPES, api_base_url=simulator.base)
    app = Mastodon(client_id=client_id, client_secret=secret, api_base_url=simulator.base)
    answer = consent(simulator, app.auth_request_url(scopes=SCOPES, allow_http=True))
    code = re.search(r'<code id="code">([^<]+)<', answer.text).group(1)
    assert app.log_in(code=code, scopes=SCOPES, allow_http=True)


def registered(simulator, **more):
    body = dict(client_name="Probe", redirect_uris=[REDIRECT], scopes="read write", **more)
    return requests.post(f"{simulator.base}/api/v1/apps", json=body, timeout=10).json()


def authorize_url(simulator, app, **more):
    query = dict(response_type="code", client_id=app["client_id"], redirect_uri=REDIRECT, scope="read write", state="s", **more)
    return requests.Request("GET", f"{simulator.base}/oauth/authorize", params=query).prepare().url


def redeem(simulator, app, code, **more):
    body = dict(
        grant_type="authorization_code", code=code, client_id=app["client_id"], client_secret=app["client_secret"], redirect_uri=REDIRECT
    )
    return requests.post(f"{simulator.base}/oauth/token", data=body | more, timeout=10)


def test_a_code_counts_once_and_only_with_its_verifier(simulator):
    app = registered(simulator)
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    url = authorize_url(simulator, app, code_challenge=challenge, code_challenge_method="S256")
    wrong = redeem(simulator, app, code_in(consent(simulator, url)), code_verifier="w" * 50)
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_grant")
    code = code_in(consent(simulator, url))
    token = redeem(simulator, app, code, code_verifier=verifier).json()
    assert token["token_type"] == "Bearer" and token["scope"] == "read write"
    assert redeem(simulator, app, code, code_verifier=verifier).status_code == 400


def test_a_foreign_redirect_address_gets_nothing(simulator):
    app = registered(simulator)
    url = authorize_url(simulator, app).replace("zurueck", "anderswohin")
    answer = requests.get(url, allow_redirects=False, timeout=10)
    assert answer.status_code == 400 and "location" not in answer.headers


def test_a_refusal_is_told_to_the_app(simulator):
    app = registered(simulator)
    answer = consent(simulator, authorize_url(simulator, app), decision="deny")
    assert "error=access_denied" in answer.headers["location"] and "code=" not in answer.headers["location"]


def test_a_token_without_the_scope_may_not_write(simulator):
    reader = client(simulator, scopes="read")
    with pytest.raises(MastodonAPIError, match="This action is outside the authorized scopes"):
        reader.status_post("Hallo")


def test_a_wrong_token_is_named(simulator):
    stranger = Mastodon(access_token="falsch", api_base_url=simulator.base, version_check_mode="none")
    with pytest.raises(MastodonUnauthorizedError):
        stranger.notifications()
    # Mastodon.py loses the words of this one on its way to a list of notifications.
    answer = requests.get(f"{simulator.base}/api/v1/notifications", headers={"Authorization": "Bearer falsch"}, timeout=10)
    assert answer.json() == {"error": "The access token is invalid"}


# Writing


def test_a_citizen_asks_and_the_town_answers(simulator, town):
    question = simulator.citizen_writes("@stadt@muster.example Wann öffnet das Bürgerbüro?")
    notice = town.notifications(types=["mention"])[0]
    assert notice["status"]["uri"] == question["uri"]
    assert notice["account"]["acct"] == "ida@anderswo.example"
    assert '<span class="h-card" translate="no"><a href="' in notice["status"]["content"]
    assert notice["status"]["mentions"][0]["acct"] == "stadt"
    answer = town.status_reply(notice["status"], "Montags um acht.")
    assert str(answer["in_reply_to_id"]) == question["id"]
    context = town.status_context(question["id"])
    assert [status["id"] for status in context["descendants"]] == [answer["id"]]
    said = simulator.look("timeline")[-1]
    assert said["acct"] == "stadt" and said["mentions"] == ["ida@anderswo.example"] and said["reply_to"] == question["id"]


def test_a_reply_that_names_nobody_notifies_nobody(simulator, town):
    post = town.status_post("Das Freibad öffnet am Montag.")
    simulator.citizen_writes("Endlich!", reply_to=str(post["id"]))
    assert town.notifications() == []
    assert len(town.status_context(post["id"])["descendants"]) == 1


def test_ids_are_beyond_what_a_double_can_tell_apart(simulator):
    first, second = (simulator.citizen_writes(text)["id"] for text in ("eins", "zwei"))
    assert int(first) > 2**53 and int(second) > int(first)


def test_a_picture_goes_with_its_description(simulator, town):
    media = town.media_post(PICTURE, mime_type="image/png", file_name="baustelle.png", description="Die Baustelle")
    media = town.media_update(media, description="Die Baustelle am Markt")
    status = town.status_post("So weit sind wir.", media_ids=[media])
    attachment = status["media_attachments"][0]
    assert (attachment["type"], attachment["description"]) == ("image", "Die Baustelle am Markt")
    assert requests.get(attachment["url"], timeout=10).content == PICTURE


def test_a_file_that_is_being_processed_says_so(simulator, town):
    simulator.ask("fault", kind="media_processing", times=1, seconds=2)
    media = town.media_post(PICTURE, mime_type="image/png")
    assert media["url"] is None
    with pytest.raises(MastodonAPIError, match="finished processing"):
        town.status_post("Zu früh", media_ids=[media])
    headers = {"Authorization": f"Bearer {town.access_token}"}
    answers = [requests.get(f"{simulator.base}/api/v1/media/{media['id']}", headers=headers, timeout=10).status_code for _ in range(3)]
    assert answers == [206, 206, 200]


def test_a_poll_is_made_voted_in_and_ended(simulator, town, ida):
    poll = town.make_poll(["Ja", "Nein"], expires_in=600)
    status = town.status_post("Mehr Bänke?", poll=poll)
    voted = ida.poll_vote(status["poll"], 0)
    assert voted["voted"] and [option["votes_count"] for option in voted["options"]] == [1, 0]
    with pytest.raises(MastodonAPIError, match="already voted"):
        ida.poll_vote(status["poll"], 1)
    simulator.ask("clock", advance_seconds=601)
    assert town.poll(status["poll"])["expired"]
    assert [notice["type"] for notice in town.notifications()] == ["poll"]


def test_the_same_key_gives_the_first_status(simulator, town):
    first = town.status_post("Nur einmal.", idempotency_key="k1")
    again = town.status_post("Nur einmal.", idempotency_key="k1")
    assert first["id"] == again["id"] and len(simulator.look("timeline")) == 1
    simulator.ask("clock", advance_seconds=3601)
    assert town.status_post("Nur einmal.", idempotency_key="k1")["id"] != first["id"]


def test_other_servers_ignore_the_key(simulator, town):
    simulator.ask("fault", kind="idempotency_ignored")
    town.status_post("Zweimal.", idempotency_key="k1")
    town.status_post("Zweimal.", idempotency_key="k1")
    assert len(simulator.look("timeline")) == 2


def test_a_text_that_is_too_long_is_refused(town):
    with pytest.raises(MastodonAPIError) as refusal:
        town.status_post("x" * 501)
    assert refusal.value.args[1] == 422 and refusal.value.args[3] == "Validation failed: Text character limit of 500 exceeded"


@pytest.mark.parametrize(
    "text, warning, fits",
    [
        ("ß" * 500, "", True),
        ("👨‍👩‍👧" * 500, "", True),
        ("x" * 476 + " https://lang.example/" + "y" * 300, "", True),
        ("x" * 477 + " https://lang.example/" + "y" * 300, "", False),
        ("@ida@anderswo.example " + "x" * 495, "", True),
        ("@ida@anderswo.example " + "x" * 496, "", False),
        ("x" * 490, "y" * 10, True),
        ("x" * 490, "y" * 11, False),
    ],
)
def test_length_is_counted_as_mastodon_counts(town, text, warning, fits):
    if fits:
        town.status_post(text, spoiler_text=warning or None)
    else:
        with pytest.raises(MastodonAPIError, match="character limit"):
            town.status_post(text, spoiler_text=warning or None)


def test_text_is_rendered_as_mastodon_renders_it(simulator, town):
    content = town.status_post('Zeile <b> & "eins"\nzwei\n\nneu #Müll https://www.stadt.example/ein/sehr/langer/weg/zum/ziel')["content"]
    assert content.startswith("<p>Zeile &lt;b&gt; &amp; &quot;eins&quot;<br />zwei</p><p>neu <a href=")
    assert 'class="mention hashtag" rel="tag">#<span>Müll</span></a>' in content
    assert '<span class="invisible">https://www.</span><span class="ellipsis">stadt.example/ein/sehr/langer/</span>' in content


def test_a_scheduled_status_appears_when_its_time_has_come(simulator, town):
    plan = town.status_post("Morgen.", scheduled_at=datetime.now(timezone.utc) + timedelta(hours=1))
    assert plan["params"]["text"] == "Morgen." and len(town.scheduled_statuses()) == 1
    assert simulator.look("timeline") == []
    simulator.ask("clock", advance_seconds=3700)
    assert town.timeline_home()[0]["content"] == "<p>Morgen.</p>"


def test_an_edit_keeps_the_earlier_text(town):
    status = town.status_post("Um acht.")
    edited = town.status_update(status, "Um neun.")
    assert edited["edited_at"] is not None and edited["id"] == status["id"]
    assert [version["content"] for version in town.status_history(status)] == ["<p>Um acht.</p>", "<p>Um neun.</p>"]
    assert town.status_source(status)["text"] == "Um neun."


def test_a_deleted_status_is_gone_and_gives_its_text_back(town):
    status = town.status_post("Irrtum.")
    assert town.status_delete(status)["text"] == "Irrtum."
    with pytest.raises(MastodonNotFoundError, match="Record not found"):
        town.status(status)
    assert town.statuses([status["id"]]) == []


def test_likes_and_boosts_are_counted_and_notified(simulator, town, ida):
    status = town.status_post("Danke fürs Mitmachen.")
    assert ida.status_favourite(status)["favourites_count"] == 1
    assert ida.status_reblog(status)["reblog"]["reblogs_count"] == 1
    assert {notice["type"] for notice in town.notifications()} == {"favourite", "reblog"}
    assert ida.status_unfavourite(status)["favourites_count"] == 0


# Private things


def test_only_participants_see_what_is_direct(simulator, town):
    post = simulator.citizen_writes("@stadt@muster.example Ganz unter uns.", visibility="direct")
    otto = client(simulator, "otto@nebenan.example")
    with pytest.raises(MastodonNotFoundError):
        otto.status(post["id"])
    assert town.status(post["id"])["visibility"] == "direct"
    assert town.timeline_public() == []


def test_only_followers_see_what_is_for_followers(simulator, town, ida):
    post = ida.status_post("Für meine Leute.", visibility="private")
    with pytest.raises(MastodonNotFoundError):
        town.status(post)
    town.account_follow(ida.me())
    assert town.status(post)["visibility"] == "private"


def test_private_correspondence_is_a_conversation(simulator, town):
    first = simulator.citizen_writes("@stadt@muster.example Frage", visibility="direct")
    conversation = town.conversations()[0]
    assert conversation["unread"] and str(conversation["last_status"]["id"]) == first["id"]
    assert [account["acct"] for account in conversation["accounts"]] == ["ida@anderswo.example"]
    assert not town.conversations_read(conversation)["unread"]
    town.status_reply(town.status(first["id"]), "Antwort")
    assert len(town.conversations()) == 1


# Reading on


def test_more_than_eighty_notifications_are_read_page_by_page(simulator, town):
    first = simulator.citizen_writes("@stadt@muster.example die erste")
    start = town.notifications()[0]["id"]
    for number in range(170):
        simulator.citizen_writes(f"@stadt@muster.example Nummer {number}")
    page = town.notifications(min_id=start, limit=80)
    seen = []
    while page:
        assert len(page) <= 80
        seen += sorted(int(notice["status"]["id"]) for notice in page)
        page = town.fetch_previous(page)
    assert len(seen) == 170 and seen == sorted(seen) and int(first["id"]) not in seen


def test_since_id_gives_only_the_newest_page(simulator, town):
    simulator.citizen_writes("@stadt@muster.example die erste")
    start = town.notifications()[0]["id"]
    for number in range(50):
        simulator.citizen_writes(f"@stadt@muster.example Nummer {number}")
    page = town.notifications(since_id=start, limit=20)
    assert [notice["status"]["content"].endswith(f"Nummer {number}</p>") for number, notice in zip(range(49, 29, -1), page)] == [True] * 20


def test_older_pages_are_followed_to_the_end(simulator, town):
    for number in range(95):
        simulator.citizen_writes(f"@stadt@muster.example Nummer {number}")
    page = town.notifications(limit=40)
    assert len(town.fetch_remaining(page)) == 95


def test_a_page_may_be_empty_and_still_have_a_next(simulator, town):
    simulator.citizen_writes("@stadt@muster.example Hallo")
    simulator.ask("fault", kind="empty_page", times=1)
    headers = {"Authorization": f"Bearer {town.access_token}"}
    page = requests.get(f"{simulator.base}/api/v1/notifications", headers=headers, timeout=10)
    assert page.json() == []
    following = requests.get(page.links["next"]["url"], headers=headers, timeout=10)
    assert len(following.json()) == 1


def test_a_hidden_citizen_is_found_among_the_requests(simulator, town):
    town.update_notifications_policy(for_not_following="filter")
    simulator.citizen_writes("@stadt@muster.example Hört mich jemand?")
    assert town.notifications() == []
    request = town.notification_requests()[0]
    assert request["account"]["acct"] == "ida@anderswo.example"
    town.accept_notification_request(request)
    assert len(town.notifications()) == 1


def test_an_account_is_found_by_its_name(simulator, town):
    assert town.account_lookup("ida@anderswo.example")["url"] == "https://anderswo.example/@ida"
    assert town.search("@ida@anderswo.example")["accounts"][0]["username"] == "ida"
    with pytest.raises(MastodonNotFoundError):
        town.account_lookup("niemand@nirgends.example")


def test_the_server_says_what_it_takes(town):
    settings = town.instance_v2()["configuration"]
    assert settings["statuses"]["max_characters"] == 500 and settings["urls"]["streaming"].startswith("ws://127.0.0.1:")
    assert town.instance_v1()["version"] == "4.6.0"


# Streaming


class Listener(StreamListener):
    def __init__(self):
        self.heard = []

    def on_notification(self, notification):
        self.heard.append((notification["type"], str(notification["status"]["id"]) if notification.get("status") else None))

    def on_update(self, status):
        self.heard.append(("update", str(status["id"])))

    def on_status_update(self, status):
        self.heard.append(("status.update", str(status["id"])))

    def on_delete(self, status_id):
        self.heard.append(("delete", str(status_id)))

    def on_abort(self, err):
        self.heard.append(("abort", None))

    def on_unknown_event(self, name, unknown_event=None):
        self.heard.append((name, None))


@pytest.fixture
def listener(simulator, town):
    listener = Listener()
    handle = town.stream_user(listener, run_async=True, timeout=20)
    assert wait_until(lambda: simulator.ask("stream", do="release")["open"] == 1)
    yield listener
    handle.close()
    simulator.ask("stream", do="cut")


def test_a_mention_its_edit_and_its_deletion_are_streamed(simulator, town, listener):
    town.account_follow(town.account_lookup("ida@anderswo.example"))
    post = simulator.citizen_writes("@stadt@muster.example Hallo")
    simulator.ask("edit", id=post["id"], text="@stadt@muster.example Hallo nochmal")
    simulator.ask("delete", id=post["id"])
    expected = [("mention", post["id"]), ("update", post["id"]), ("status.update", post["id"]), ("delete", post["id"])]
    assert wait_until(lambda: listener.heard == expected), listener.heard


def test_events_can_come_twice_and_in_another_order(simulator, listener):
    simulator.ask("stream", do="hold")
    first, second = (simulator.citizen_writes(f"@stadt@muster.example {text}")["id"] for text in ("eins", "zwei"))
    simulator.ask("fault", kind="stream_duplicate", times=1)
    simulator.ask("stream", do="release", order="reversed")
    assert wait_until(lambda: listener.heard == [("mention", second)] * 2 + [("mention", first)]), listener.heard


def test_a_silent_stream_stays_connected_and_a_cut_one_ends(simulator, town, listener):
    simulator.ask("fault", kind="stream_silent")
    simulator.citizen_writes("@stadt@muster.example Hört ihr mich?")
    assert simulator.ask("stream", do="release")["open"] == 1
    assert len(town.notifications()) == 1 and listener.heard == []
    simulator.ask("fault", clear=True)
    assert simulator.ask("stream", do="cut")["open"] == 0
    assert wait_until(lambda: ("abort", None) in listener.heard)


def test_an_update_notification_comes_for_what_one_has_boosted(simulator, town):
    post = simulator.citizen_writes("Straßenfest am Sonntag")
    town.status_reblog(post["id"])
    simulator.ask("edit", id=post["id"], text="Straßenfest am Samstag")
    assert [notice["type"] for notice in town.notifications()] == ["update"]


# What goes wrong


def test_the_rate_limit_says_when_to_come_back(simulator, town):
    simulator.ask("fault", kind="rate_limit", times=1, seconds=7)
    answer = requests.get(
        f"{simulator.base}/api/v1/notifications", headers={"Authorization": f"Bearer {town.access_token}"}, timeout=10
    )
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "7"
    assert datetime.fromisoformat(answer.headers["X-RateLimit-Reset"].replace("Z", "+00:00")) > datetime.now(timezone.utc)
    assert town.notifications() == []


def test_three_hundred_requests_are_enough_for_five_minutes(simulator, town):
    for _ in range(299):
        requests.get(f"{simulator.base}/api/v1/notifications", headers={"Authorization": f"Bearer {town.access_token}"}, timeout=10)
    assert town.notifications() == []
    with pytest.raises(MastodonRatelimitError):
        town.notifications()
    simulator.ask("clock", advance_seconds=301)
    town.ratelimit_remaining = 300
    assert town.notifications() == []


@pytest.mark.parametrize("kind, written", [("refuse", 0), ("close_after", 1), ("half_body", 1)])
def test_a_connection_breaks_before_or_after_the_deed(simulator, town, kind, written):
    simulator.ask("fault", kind=kind, method="POST", path="/api/v1/statuses", times=1)
    with pytest.raises(MastodonNetworkError):
        town.status_post("Hallo")
    assert len(simulator.look("timeline")) == written


@pytest.mark.parametrize("kind, written", [("error_before", 0), ("error_after", 1)])
def test_the_server_fails_before_or_after_the_deed(simulator, town, kind, written):
    simulator.ask("fault", kind=kind, method="POST", path="/api/v1/statuses", times=1, status=500)
    with pytest.raises(MastodonServerError):
        town.status_post("Hallo")
    assert len(simulator.look("timeline")) == written


def test_a_server_that_hangs_lets_go_of_nobody(simulator, town):
    simulator.ask("fault", kind="hang", path="/api/v1/notifications", times=1)
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(f"{simulator.base}/api/v1/notifications", timeout=0.5)
    assert town.notifications() == []


@pytest.mark.parametrize(
    "kind, status, text",
    [
        ("html", 200, "<!DOCTYPE html>"),
        ("plain_text", 400, "Bad Request"),
        ("token_expired", 401, '{"error":"The access token was revoked"}'),
        ("forbidden", 403, '{"error":"This action is outside the authorized scopes"}'),
        ("not_found", 404, '{"error":"Record not found"}'),
        ("not_implemented", 501, '{"error":"Not implemented"}'),
    ],
)
def test_other_answers_can_be_asked_for(simulator, kind, status, text):
    simulator.ask("fault", kind=kind, path="/api/v2/instance", times=1)
    answer = requests.get(f"{simulator.base}/api/v2/instance", timeout=10)
    assert answer.status_code == status and answer.text.startswith(text)
    assert requests.get(f"{simulator.base}/api/v2/instance/", timeout=10).json()["domain"] == "muster.example"


@pytest.mark.parametrize("profile, shape", [("gotosocial", r"[0-9A-HJKMNP-TV-Z]{26}"), ("pleroma", r"[0-9A-Za-z]{18}")])
def test_other_software_has_other_ids_and_lacks_some_endpoints(simulator, profile, shape):
    simulator.ask("profile", profile=profile)
    post = simulator.citizen_writes("@stadt@muster.example Hallo")
    assert re.fullmatch(shape, post["id"])
    headers = {"Authorization": f"Bearer {simulator.token()}"}
    notice = requests.get(f"{simulator.base}/api/v1/notifications", headers=headers, timeout=10).json()[0]
    assert notice["status"]["id"] == post["id"]
    answer = requests.post(
        f"{simulator.base}/api/v1/statuses", headers=headers, json={"status": "Antwort", "in_reply_to_id": post["id"]}, timeout=10
    )
    assert answer.json()["in_reply_to_id"] == post["id"]
    assert requests.get(f"{simulator.base}/api/v2/notifications/policy", headers=headers, timeout=10).status_code == 404


def test_strange_things_in_notifications(simulator, town):
    for kind in ("unknown_notification_type", "unknown_fields", "missing_author"):
        simulator.ask("fault", kind=kind, times=None)
    simulator.citizen_writes("@stadt@muster.example Hallo", raw={"content": "<script>alert(1)</script>"})
    headers = {"Authorization": f"Bearer {town.access_token}"}
    notices = requests.get(f"{simulator.base}/api/v1/notifications", headers=headers, timeout=10).json()
    assert {notice["type"] for notice in notices} == {"mention", "annual_fair"}
    assert all(notice["account"] is None for notice in notices)
    assert any("account" not in notice["status"] for notice in notices if "status" in notice)
    assert any(notice["status"]["content"].startswith("<script>") for notice in notices if "status" in notice)


def test_the_log_tells_no_tokens(simulator, town):
    town.status_post("Hallo", idempotency_key="k9")
    record = next(record for record in simulator.look("log") if record["path"] == "/api/v1/statuses")
    assert record["method"] == "POST" and record["form"]["status"] == ["Hallo"] and record["headers"]["idempotency-key"] == "k9"
    assert town.access_token not in str(simulator.look("log"))


def test_a_revoked_account_is_out(simulator, town):
    simulator.ask("revoke", acct="stadt")
    with pytest.raises(MastodonUnauthorizedError):
        town.notifications()


# The page


def test_people_write_on_the_page_without_a_script(simulator, town):
    write = dict(als="ida@anderswo.example", text="Wo ist das Fundbüro? <b>", visibility="public")
    page = requests.post(f"{simulator.base}/_page/status", data=write, timeout=10)
    assert page.status_code == 200 and "Wo ist das Fundbüro? &lt;b&gt;" in page.text
    notice = town.notifications()[0]
    answer = town.status_reply(notice["status"], "Im Rathaus.")
    page = requests.get(f"{simulator.base}/", timeout=10).text
    assert "Mastodon-Nachbau" in page and "Im Rathaus." in page
    requests.post(f"{simulator.base}/_page/delete", data=dict(als="ida@anderswo.example", id=answer["id"]), timeout=10)
    assert len(simulator.look("timeline")) == 2, "nobody deletes what isn't theirs"


def test_private_words_stand_only_on_the_private_tab(simulator):
    write = dict(als="ida@anderswo.example", text="Unter uns", visibility="direct", tab="privat")
    assert "Unter uns" in requests.post(f"{simulator.base}/_page/status", data=write, timeout=10).text
    assert "Unter uns" not in requests.get(f"{simulator.base}/", timeout=10).text
    assert "Unter uns" not in requests.get(f"{simulator.base}/?tab=privat&als=otto@nebenan.example", timeout=10).text


def test_marks_after_a_bracket_do_not_open_the_page_to_script(simulator):
    simulator.citizen_writes("<\u0301img src=x onerror=alert(1)> \"\ufe0f'\u200d&\u0301")
    page = requests.get(f"{simulator.base}/", timeout=10).text
    assert "<\u0301img" not in page and "&lt;\u0301img" in page


def test_another_site_may_not_write_here(simulator):
    write = dict(als="ida@anderswo.example", text="Fremd", visibility="public")
    answer = requests.post(f"{simulator.base}/_page/status", data=write, headers={"Origin": "http://fremd.example"}, timeout=10)
    assert answer.status_code == 403 and simulator.look("timeline") == []


def test_threads_can_be_written_at_once(simulator):
    threads = [threading.Thread(target=simulator.citizen_writes, args=(f"@stadt@muster.example {n}",)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [post["id"] for post in simulator.look("timeline")]
    assert len(ids) == len(set(ids)) == 20 and ids == sorted(ids)
