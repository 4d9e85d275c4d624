extension TimelinePage {
    var form: String {
        let (action, words, label) = purpose
        return """
            <form class="card" method="post" action="\(action)" id="schreiben">
            \(refusal.map { "<p class=\"refusal\" role=\"alert\">Das Netz hat abgelehnt: \(escapeHTML($0.words))</p>" } ?? "")
            \(quoted)
            <input type="hidden" name="als" value="\(escapeHTML(writer))">
            <input type="hidden" name="tab" value="\(isPrivate ? "privat" : "")">
            <label for="text">\(label)</label>
            <textarea id="text" name="text" rows="3" required>\(escapeHTML(refusal?.text ?? editing?.text ?? ""))</textarea>
            <p class="row">\(visibilityChoice)<button>\(words)</button>\(wayOut)</p>
            </form>
            """
    }

    private var purpose: (action: String, words: String, label: String) {
        let name = escapeHTML(people.first { $0.acct == writer }?.name ?? writer)
        if editing != nil { return ("/_page/edit", "Änderung speichern", "Beitrag ändern") }
        if let replyTo { return ("/_page/status", "Antworten", "Antwort an \(escapeHTML(replyTo.name)), geschrieben als \(name)") }
        return ("/_page/status", "Veröffentlichen", "Was möchten Sie als \(name) der Stadt schreiben?")
    }

    private var quoted: String {
        if let editing { return "<input type=\"hidden\" name=\"id\" value=\"\(editing.post.id)\">" }
        guard let replyTo else { return "" }
        return "<blockquote>\(replyTo.html)</blockquote><input type=\"hidden\" name=\"reply_to\" value=\"\(replyTo.id)\">"
    }

    private var visibilityChoice: String {
        guard editing == nil else { return "" }
        let usual = replyTo?.visibility ?? (isPrivate ? "direct" : "public")
        let choices = [
            ("public", "öffentlich"), ("unlisted", "öffentlich, nicht gelistet"), ("private", "nur Follower"), ("direct", "privat"),
        ]
        let options = choices.map { word, shown in
            "<option value=\"\(word)\"\(word == usual ? " selected" : "")>\(shown)</option>"
        }
        return "<label for=\"visibility\">Sichtbar</label><select id=\"visibility\" name=\"visibility\">\(options.joined())</select>"
    }

    private var wayOut: String {
        guard replyTo != nil || editing != nil else { return "" }
        return "<a href=\"/?als=\(Call.encoded(writer))\(isPrivate ? "&amp;tab=privat" : "")\">Doch nicht</a>"
    }
}
