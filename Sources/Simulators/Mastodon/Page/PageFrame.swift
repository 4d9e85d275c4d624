/// What every page of the simulator has around it.
enum PageFrame {
    /// - Parameter body: HTML that is safe already.
    static func html(title: String, body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="de">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escapeHTML(title)) · Mastodon-Nachbau</title>
        <link rel="stylesheet" href="/_page/style.css">
        <script src="/_page/page.js" defer></script>
        </head>
        <body>
        <header>
        <p class="name"><a href="/">Mastodon-Nachbau</a></p>
        <p>Ein nachgebautes Netz zum Üben. Niemand außerhalb dieses Rechners liest mit, alle Personen sind erfunden.</p>
        </header>
        \(body)
        </body>
        </html>
        """
    }
}
