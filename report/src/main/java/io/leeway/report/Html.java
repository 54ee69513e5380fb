package io.leeway.report;

/** The little HTML that a report needs. */
final class Html {

    private Html() {}

    /** Text as it may stand in an element or an attribute. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    static final String STYLE = """
            :root{color-scheme:light dark;--page:#fff;--ink:#1b2430;--soft:#5b6675;--line:#d9dee5;--tint:#f4f6f9;--tint2:#e9edf3;
             --good:#0a7a4b;--bad:#b3261e;--c0:#1f5fd6;--c1:#c26a00;--c2:#0a8a5f;--c3:#7a3fc4;--c4:#c2255c;--c5:#5b6675}
            @media (prefers-color-scheme:dark){:root{--page:#12161c;--ink:#e4e9f0;--soft:#9aa6b5;--line:#2e3743;--tint:#1a2029;
             --tint2:#232b36;--good:#4ccf93;--bad:#ff8a80;--c0:#7aa7ff;--c1:#f2a950;--c2:#4ccf9c;--c3:#b794f6;--c4:#f58ab0;--c5:#9aa6b5}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
            main{max-width:1040px;margin:0 auto;padding:32px 20px 64px}
            h1{font-size:26px;line-height:1.2;margin:0 0 8px}
            h2{font-size:17px;margin:36px 0 8px}
            p{margin:8px 0;max-width:75ch}
            .verdict{display:inline-block;font-weight:600;padding:2px 10px;border-radius:999px;border:1px solid currentColor;margin:4px 0}
            .good{color:var(--good)}.bad{color:var(--bad)}
            .soft,footer{color:var(--soft)}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{padding:5px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
            th{font-weight:600;color:var(--soft);font-size:13px;vertical-align:bottom}
            .number{text-align:right}td.number,td:first-child{white-space:nowrap}
            table.facts td:first-child{color:var(--soft);width:40%;white-space:normal}
            figure{margin:0}
            svg{display:block;width:100%;height:auto}
            svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--soft);paint-order:stroke;
             stroke:var(--page);stroke-width:3px;stroke-linejoin:round}
            svg text.mark{fill:var(--ink)}
            .grid{stroke:var(--line);stroke-width:1}.axis{stroke:var(--soft);stroke-width:1}
            .band0{fill:var(--tint)}.band1{fill:var(--tint2)}
            .curve{fill:none;stroke-width:2;stroke-linejoin:round}
            .level{fill:none;stroke-width:1.5;stroke-dasharray:6 4}
            .tick{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 3}
            figcaption{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--soft);margin:4px 0 0 56px}
            figcaption span{display:inline-flex;align-items:center;gap:6px}
            figcaption svg{width:24px;height:10px;flex:none}
            footer{margin-top:40px;font-size:13px}
            """;
}
