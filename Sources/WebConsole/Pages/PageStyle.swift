/// How pages look: readable on any screen, light or dark as the reader likes it.
package enum PageStyle {
    /// The content of the style element.
    static let css: StaticString = """
        :root{color-scheme:light dark}\
        body{margin:0;font:1rem/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}\
        main{max-width:38rem;margin:0 auto;padding:2rem 1.25rem}\
        h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}\
        h2{font-size:1rem;margin:1.75rem 0 .25rem}\
        p{margin:0 0 .75rem}\
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}\
        dd{margin:0;overflow-wrap:anywhere}\
        dd,dt{font-size:.875rem}\
        code{font-family:ui-monospace,monospace}\
        a{color:LinkText}
        """

    /// What allows exactly this style, and no other, in a Content-Security-Policy: SHA-256 of `css`, in base64.
    package static let hash = "sha256-x3b5wrOXHto0ZB9N1v32MR0biGTJB5lw/OnJNm8ebBw="
}
