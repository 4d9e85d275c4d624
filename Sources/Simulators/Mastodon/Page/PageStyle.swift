/// Look and seasoning of the page. The page works without the script; then it is up to date after a reload.
enum PageStyle {
    static let css = """
        :root {
          color-scheme: light dark;
          --paper: light-dark(#f6f5fb, #17161f);
          --card: light-dark(#fff, #22212d);
          --ink: light-dark(#1d1b26, #ecebf3);
          --soft: light-dark(#5b5870, #b3b0c6);
          --line: light-dark(#dcd9ea, #3a3849);
          --accent: light-dark(#4a3fb5, #b3abff);
          --on-accent: light-dark(#fff, #17161f);
          --bad: light-dark(#a01616, #ff9d95);
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        header, main { max-width: 44rem; margin-inline: auto; padding: 0.75rem 1rem; }
        header { border-bottom: 1px solid var(--line); }
        header p { margin: 0; color: var(--soft); }
        .name a { color: var(--accent); font-size: 1.4rem; font-weight: 700; text-decoration: none; }
        a { color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .card, article { background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.75rem 1rem; }
        article { margin-block: 0.5rem; overflow-wrap: anywhere; }
        article.own { border-inline-start: 0.25rem solid var(--accent); }
        article p { margin-block: 0.25rem; }
        article img { border-radius: 0.25rem; }
        .who span, .small { color: var(--soft); font-size: 0.875rem; }
        .row { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }
        .chooser { margin-block: 0.5rem; }
        label { font-weight: 600; }
        textarea, select, button {
          font: inherit; color: inherit; background: var(--paper); max-width: 100%;
          border: 1px solid var(--soft); border-radius: 0.375rem; padding: 0.4rem 0.6rem;
        }
        textarea { display: block; width: 100%; margin-block: 0.25rem 0.5rem; }
        button { background: var(--accent); color: var(--on-accent); border-color: var(--accent); cursor: pointer; min-height: 2.25rem; }
        button.quiet { background: none; color: var(--accent); }
        button.link {
          background: none; border: 0; padding: 0 0.25rem; min-height: 1.5rem;
          color: var(--bad); text-decoration: underline; font-size: inherit;
        }
        h1 { font-size: 1.25rem; margin-block: 0.5rem; }
        form { margin: 0; }
        nav { display: flex; gap: 0.5rem; margin-block: 1rem 0.5rem; border-bottom: 1px solid var(--line); }
        nav a { padding: 0.4rem 0.75rem; text-decoration: none; }
        nav a[aria-current] { font-weight: 700; border-bottom: 3px solid var(--accent); }
        ol { list-style: none; margin: 0; padding: 0; }
        ol ol { margin-inline-start: clamp(0.5rem, 3vw, 1.5rem); }
        blockquote { margin: 0 0 0.5rem; padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--line); color: var(--soft); }
        .refusal { color: var(--bad); font-weight: 600; }
        .empty { color: var(--soft); }
        .invisible { font-size: 0; }
        .ellipsis::after { content: "…"; }
        """

    static let script = """
        // Shows what is new without losing what somebody is typing: only the list of posts is exchanged.
        const posts = document.getElementById("posts")
        if (posts) {
          let waiting = false
          const refresh = async () => {
            if (waiting) return
            waiting = true
            const answer = await fetch(location.pathname === "/" ? location.href : "/", { cache: "no-store" }).catch(() => null)
            waiting = false
            if (!answer?.ok) return
            const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("posts")
            if (fresh && fresh.innerHTML !== posts.innerHTML && !posts.contains(document.activeElement)) posts.innerHTML = fresh.innerHTML
          }
          const changes = new EventSource("/_page/changes")
          changes.onmessage = refresh
          changes.onopen = refresh
        }
        """
}
