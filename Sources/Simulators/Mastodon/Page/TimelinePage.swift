/// The network as people see it, and a place to write as one of them.
struct TimelinePage: Sendable {
    /// One post with what answers it.
    struct Thread: Sendable {
        var post: Shown
        var replies: [Thread]
    }

    struct Shown: Sendable {
        var id: String
        var name: String
        var acct: String
        var isOwn: Bool
        var html: String
        var warning: String
        var visibility: String
        var time: String
        var shownTime: String
        var isEdited: Bool
        var likes: Int
        var media: [SimulatedPost.Attachment]
        var pollOptions: [String]
    }

    var people: [(acct: String, name: String)]
    /// Who is chosen as the writer.
    var writer: String
    var isPrivate: Bool
    var threads: [Thread]
    var replyTo: Shown?
    var editing: (post: Shown, text: String)?
    /// What the network refused, with the text that was refused.
    var refusal: (words: String, text: String)?

    var html: String {
        PageFrame.html(
            title: isPrivate ? "Privat" : "Öffentlich",
            body: """
                <main>
                <h1>\(isPrivate ? "Private Nachrichten" : "Öffentliche Beiträge")</h1>
                \(chooser)
                \(form)
                \(tabs)
                <section id="posts" aria-label="Beiträge">
                \(threads.isEmpty ? "<p class=\"empty\">\(emptyWords)</p>" : list(threads))
                </section>
                </main>
                """)
    }

    private var emptyWords: String {
        isPrivate
            ? "Hier ist noch keine private Nachricht. Schreiben Sie eine, die Stadt antwortet." : "Noch hat niemand etwas geschrieben."
    }

    private var chooser: String {
        let options = people.map { person in
            let chosen = person.acct == writer ? " selected" : ""
            return "<option value=\"\(escapeHTML(person.acct))\"\(chosen)>\(escapeHTML(person.name)) (@\(escapeHTML(person.acct)))</option>"
        }
        return """
            <form class="row chooser" method="get" action="/">
            <label for="als">Ich bin</label>
            <select id="als" name="als">\(options.joined())</select>
            \(isPrivate ? "<input type=\"hidden\" name=\"tab\" value=\"privat\">" : "")
            <button class="quiet">Wechseln</button>
            </form>
            """
    }

    private var tabs: String {
        func tab(_ words: String, _ extra: String, _ current: Bool) -> String {
            "<a href=\"/?als=\(Call.encoded(writer))\(extra)\"\(current ? " aria-current=\"page\"" : "")>\(words)</a>"
        }
        return "<nav aria-label=\"Ansicht\">\(tab("Öffentlich", "", !isPrivate))\(tab("Privat", "&amp;tab=privat", isPrivate))</nav>"
    }

    private func list(_ threads: [Thread]) -> String {
        let items = threads.map { thread in
            "<li>\(PostView(post: thread.post, page: self).html)\(thread.replies.isEmpty ? "" : list(thread.replies))</li>"
        }
        return "<ol>\(items.joined())</ol>"
    }
}
