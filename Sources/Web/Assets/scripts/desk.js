// What every page loads. Everything works without it; this makes it quick and live.
import "./live-list.js"
import "./conversation-thread.js"
import "./open-conversation.js"
import "./connection-state.js"
import "./draft-keeper.js"
import "./note-keeper.js"
import "./reply-length.js"
import "./undo-send.js"
import "./copy-text.js"
import "./key-switch.js"
import "./keys.js"

document.documentElement.dataset.scripted = ""
