/// One post on the page.
struct PostView {
    var post: TimelinePage.Shown
    var page: TimelinePage

    var html: String {
        """
        <article id="post-\(post.id)"\(post.isOwn ? " class=\"own\"" : "")>
        <p class="who"><strong>\(escapeHTML(post.name))</strong> <span>@\(escapeHTML(post.acct))</span></p>
        \(post.warning.isEmpty ? post.html : "<details><summary>\(escapeHTML(post.warning))</summary>\(post.html)</details>")
        \(post.pollOptions.isEmpty ? "" : "<ul class=\"poll\">\(post.pollOptions.map { "<li>\(escapeHTML($0))</li>" }.joined())</ul>")
        \(post.media.map(attachment).joined())
        <div class="row small"><time datetime="\(post.time)">\(post.shownTime)</time>\(marks)\(deeds)</div>
        </article>
        """
    }

    private var marks: String {
        let words = ["public": "", "unlisted": "nicht gelistet", "private": "nur für Follower", "direct": "privat"]
        let visibility = words[post.visibility] ?? ""
        return [visibility, post.isEdited ? "geändert" : "", post.likes > 0 ? "\(post.likes) × gefällt" : ""]
            .filter { !$0.isEmpty }.map { "<span>\($0)</span>" }.joined()
    }

    /// Addresses of files are the server's own; only pictures are shown, everything else is a link.
    private func attachment(_ file: SimulatedPost.Attachment) -> String {
        let words = escapeHTML(file.description ?? "")
        guard file.contentType.hasPrefix("image/") else {
            return "<p><a href=\"/media/\(file.id)/original\">Anhang: \(words.isEmpty ? "ohne Beschreibung" : words)</a></p>"
        }
        return "<img src=\"/media/\(file.id)/original\" alt=\"\(words)\" width=\"120\" loading=\"lazy\">"
    }

    private var deeds: String {
        let writer = Call.encoded(page.writer)
        let tab = page.isPrivate ? "&amp;tab=privat" : ""
        let reply = "<a href=\"/?als=\(writer)\(tab)&amp;antwort=\(post.id)#schreiben\">Antworten</a>"
        guard post.acct == page.writer else { return reply }
        return reply + """
            <a href="/?als=\(writer)\(tab)&amp;aendern=\(post.id)#schreiben">Ändern</a>
            <form method="post" action="/_page/delete"><input type="hidden" name="id" value="\(post.id)">
            <input type="hidden" name="als" value="\(escapeHTML(page.writer))">
            <input type="hidden" name="tab" value="\(page.isPrivate ? "privat" : "")">
            <button class="link">Löschen</button></form>
            """
    }
}
