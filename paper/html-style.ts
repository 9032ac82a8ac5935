import { tokenDeclarations } from './tokens.ts'

/** A variable Inter as woff2, in base64: carried inside the page. */
export type FontFace = { woff2Base64: string }

/** The page's whole style sheet: tokens, type, blocks, narrow screens, print on A4. */
export function htmlStyle(font?: FontFace): string {
  return [fontFace(font), palettes(), page, blocks, chips, tables, sourcesAndWords, narrowAndPrint].join('\n')
}

function fontFace(font?: FontFace): string {
  if (!font) return ''
  const data = font.woff2Base64.replaceAll(/[^A-Za-z0-9+/=]/g, '')
  return `@font-face{font-family:Inter;src:url(data:font/woff2;base64,${data}) format("woff2");font-weight:100 900;font-style:normal}`
}

function palettes(): string {
  return `:root{color-scheme:light dark;${tokenDeclarations('light')}}
@media (prefers-color-scheme:dark){:root{${tokenDeclarations('dark')}}}
@media print{:root{color-scheme:light;${tokenDeclarations('print')}}}`
}

const page = `*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--canvas);color:var(--ink);font:400 14px/21px Inter,system-ui,-apple-system,"Segoe UI",sans-serif}
.paper{max-width:900px;margin:24px auto;padding:44px 48px 20px;background:var(--bg);border:1px solid var(--line)}
p{margin:0 0 8px}p,li,td,th,dd,h1,h2,h3{overflow-wrap:break-word;unicode-bidi:plaintext}
h1{font-size:25px;line-height:32px;letter-spacing:-.018em;font-weight:680;margin:0}
h2{font-size:15px;line-height:20px;font-weight:650;margin:24px 0 6px}
h3{font-size:14px;line-height:20px;font-weight:600;margin:16px 0 4px}
h2 small,h3 small{font-size:12px;font-weight:400;color:var(--ink-3);margin-left:6px}
strong{font-weight:620}
a{color:var(--accent)}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
a.figure{color:inherit;text-decoration:underline;text-decoration-color:var(--accent-line);text-decoration-thickness:1px;text-underline-offset:3px}
a.figure:hover{text-decoration-color:var(--accent)}
sup{font-size:10px;line-height:0;vertical-align:.42em}
a.mark{font-weight:600;text-decoration:none;padding:2px 1px}
a.mark:hover{text-decoration:underline}
.masthead{display:flex;gap:24px;justify-content:space-between;border-bottom:2px solid var(--ink);padding-bottom:12px}
.masthead p{margin:0}.organisation{font-size:12px;line-height:17px;color:var(--ink-3);font-weight:500}
.subtitle{color:var(--ink-2);font-size:13px}
.people{text-align:right;font-size:12.5px;line-height:19px;color:var(--ink-2);flex:none;max-width:40%}.people strong{color:var(--ink)}
.state{font-weight:600}.state.draft{color:var(--a)}.state.published{color:var(--g)}
footer{display:flex;justify-content:space-between;gap:16px;margin-top:28px;border-top:1px solid var(--line-2);padding-top:8px;font-size:11.5px;line-height:16px;color:var(--ink-3)}
.good{color:var(--g)}.warning{color:var(--a)}.bad{color:var(--r)}.faint{color:var(--ink-3)}`

const blocks = `ul,ol{margin:0 0 8px;padding-left:22px}li{margin:2px 0}
.columns{display:grid;grid-template-columns:var(--shares);gap:24px}
figure{margin:4px 0 10px}figure svg{display:block;width:100%;height:100%;font-family:Inter,system-ui,sans-serif}
figcaption{font-size:12px;line-height:17px;color:var(--ink-3);margin-top:4px}
.kpis{display:flex;border:1px solid var(--line-2);border-radius:6px;margin:12px 0;align-items:center}
.kpis dl{display:grid;grid-auto-flow:column;grid-auto-columns:1fr;flex:1;margin:0}
.kpis dl>div{padding:6px 12px 8px;border-right:1px solid var(--line)}
.kpis dl>div:last-child{border-right:0}.kpis dt{font-size:11.5px;line-height:16px;color:var(--ink-3)}
.kpis dd{margin:0;font-size:17px;line-height:23px;font-weight:620;font-variant-numeric:tabular-nums}
.kpis .unit{border-left:1px solid var(--line);margin:0;padding:8px 12px;font-size:11px;line-height:14px;color:var(--ink-3)}`

const chips = `.chip{display:inline-flex;gap:5px;align-items:center;min-height:21px;padding:0 7px;border:1px solid;border-radius:5px;font-size:12px;line-height:16px;font-weight:600}
.chip.g{color:var(--g);background:var(--g-soft);border-color:var(--g-line)}
.chip.a{color:var(--a);background:var(--a-soft);border-color:var(--a-line)}
.chip.r{color:var(--r);background:var(--r-soft);border-color:var(--r-line)}
.chip.n{color:var(--n);background:var(--n-soft);border-color:var(--n-line);font-weight:500}
.health{border-bottom:1px solid var(--line-2);padding:12px 0 10px}
.rag{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(78px,1fr));gap:10px 6px;margin:0;padding:0}
.rag li{display:flex;flex-direction:column;align-items:flex-start;gap:3px;margin:0}
.rag .label{font-size:12px;line-height:16px;color:var(--ink-3);font-weight:500}
.trend{font-size:11px;line-height:14px;color:var(--ink-3)}
.rules{display:grid;grid-template-columns:auto 1fr;gap:2px 12px;margin:10px 0 0;font-size:12px;line-height:17px;color:var(--ink-2)}
.rules dt{font-weight:500;color:var(--ink-3)}.rules dd{margin:0}`

const tables = `.table{overflow-x:auto;margin-bottom:8px}
table{border-collapse:collapse;width:100%;font-size:13px;line-height:18px}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
thead th{font-weight:500;font-size:11.5px;color:var(--ink-3);vertical-align:bottom}
th,td{text-align:left;padding:4px 0 4px 12px;vertical-align:top;border-top:1px solid var(--line);font-weight:400}
th:first-child,td:first-child{padding-left:0}thead th{border-top:0}
.right{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal;white-space:nowrap}`

const sourcesAndWords = `.words{border-left:3px solid var(--accent-line);padding:2px 0 2px 14px;margin:10px 0}
.words p{margin-bottom:6px}.whose{font-size:12px;line-height:17px;font-weight:600;color:var(--accent)}
.sources{font-size:12.5px;line-height:18px}.sources p{margin:0}.sources .lead{color:var(--ink-3);margin-bottom:8px}
.sources ol{columns:2;column-gap:32px;padding-left:26px}.sources li{break-inside:avoid;margin:0 0 9px;padding-left:2px}
.sources li::marker{color:var(--accent);font-weight:600}
.sources li:target{background:var(--accent-soft)}.rests{color:var(--ink-2)}code{font:inherit;font-weight:500}`

const narrowAndPrint = `@media (max-width:760px){.paper{margin:0;border:0;padding:24px 16px}.masthead,footer{flex-direction:column;gap:8px}
.people{text-align:left;max-width:none}.columns{grid-template-columns:minmax(0,1fr);gap:0}
.kpis{flex-direction:column;align-items:stretch}.kpis dl{grid-auto-flow:row;grid-template-columns:repeat(auto-fit,minmax(100px,1fr))}
.kpis dl>div{border-right:0}.kpis .unit{border-left:0}.sources ol{columns:1}}
@page{size:A4;margin:14mm 12.7mm 16mm}
@media print{body{background:none;font-size:9.2pt;line-height:13.8pt}.paper{margin:0;padding:0;border:0;max-width:none}
table{font-size:8.6pt;line-height:12.4pt}thead{display:table-header-group}tr,.together,li{break-inside:avoid}
h2,h3,.lead{break-after:avoid}.rag{grid-template-columns:repeat(auto-fit,minmax(66px,1fr))}.break{break-after:page}a{color:inherit;text-decoration:none}a.mark{color:var(--accent)}
.chip,.words,.sources li{-webkit-print-color-adjust:exact;print-color-adjust:exact}}`
