import Store

/// What can stand in the record. Closed: a verb that is not here can't be written, and one that was written stays here.
public enum Verb: String, Sendable, CaseIterable, SQLValueConvertible {
    case authoritySetUp = "authority_set_up"
    case authorityChanged = "authority_changed"
    case calendarChanged = "calendar_changed"
    case colleagueAdded = "colleague_added"
    case colleagueRenamed = "colleague_renamed"
    case colleagueRoleChanged = "colleague_role_changed"
    case colleagueLeft = "colleague_left"
    case signInLinkMade = "sign_in_link_made"
    case passwordChanged = "password_changed"
    case sessionsEnded = "sessions_ended"

    case channelConnected = "channel_connected"
    case channelDisconnected = "channel_disconnected"
    case channelTokenExpired = "channel_token_expired"

    case messageReceived = "message_received"
    case messageEdited = "message_edited"
    case messageRemoved = "message_removed"
    case answeredElsewhere = "answered_elsewhere"
    case itemNotUnderstood = "item_not_understood"

    case conversationAssigned = "conversation_assigned"
    case conversationClosed = "conversation_closed"
    case conversationReopened = "conversation_reopened"
    case followUpSet = "follow_up_set"
    case followUpDue = "follow_up_due"
    case followUpDropped = "follow_up_dropped"
    case snippetChanged = "snippet_changed"
    case savedViewChanged = "saved_view_changed"
    case listExported = "list_exported"
    case factNoted = "fact_noted"
    case factEnded = "fact_ended"
    case noteWritten = "note_written"

    case replySent = "reply_sent"
    case replyEdited = "reply_edited"
    case replyDeleted = "reply_deleted"
    case messageLiked = "message_liked"
    case messageUnliked = "message_unliked"
    case deliveryWithdrawn = "delivery_withdrawn"
    case deliveryDelivered = "delivery_delivered"
    case deliveryPostponed = "delivery_postponed"
    case deliveryFailed = "delivery_failed"
    case deliveryUnclear = "delivery_unclear"
    case deliveryConfirmed = "delivery_confirmed"
    case deliveryRepeated = "delivery_repeated"

    case citizenErased = "citizen_erased"
}
