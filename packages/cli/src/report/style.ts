/** The page's whole style; no font or image is fetched. */
export const STYLE = `
:root{--ink:#1f2933;--soft:#5b6673;--line:#dfe4ea;--ground:#f6f7f9;--card:#fff}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
header,main{max-width:1080px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
.brand{margin:0;color:#3b6ea5;font-weight:600;letter-spacing:.02em}
h1{margin:.1em 0;font-size:1.7rem;line-height:1.2;overflow-wrap:anywhere}
.meta{margin:0 0 18px;color:var(--soft)}
h2{margin:0;font-size:1.15rem}
.lead{margin:.25em 0 12px;color:var(--soft)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin-bottom:16px}
.tile,section{background:var(--card);border:1px solid var(--line);border-radius:8px}
.tile{padding:12px 14px}
.tile p{margin:0}
.tile .label{color:var(--soft);font-size:.85rem}
.tile .value{font-size:1.35rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.tile .note{color:var(--soft);font-size:.8rem}
section{padding:18px 20px;margin-bottom:16px;break-inside:avoid}
.on-telephone{display:none}
.wide svg{display:block;max-width:100%;height:auto}
.accounts{list-style:none;margin:0;padding:0;display:grid;gap:12px;grid-template-columns:repeat(auto-fill,minmax(min(100%,310px),1fr))}
.accounts>li{border:1px solid var(--line);border-radius:6px;padding:12px 14px}
.head{display:flex;gap:12px;justify-content:space-between;align-items:baseline}
.name{font-weight:600;overflow-wrap:anywhere}
.sum{font-variant-numeric:tabular-nums;white-space:nowrap}
.state{margin:.2em 0 .4em;color:var(--soft);font-size:.88rem}
.band{display:inline-block;padding:0 8px;border-radius:9px;color:#fff;font-size:.8rem}
.band.healthy{background:#2a7f62}.band.watch{background:#8f6109}.band.at_risk{background:#c0392b}.band.not_scored{background:#6b7280}
.reasons{list-style:none;margin:0;padding:0;font-size:.9rem}.reasons li{padding-left:1em;text-indent:-1em}
.next{margin:.5em 0 0;font-size:.9rem}
.key{margin-left:10px;white-space:nowrap}.key i{display:inline-block;width:10px;height:10px;border-radius:5px;margin-right:5px}
table{width:100%;border-collapse:collapse;margin-top:14px;font-size:.88rem}
caption{text-align:left;color:var(--soft);margin-bottom:4px}
th,td{text-align:left;padding:5px 10px 5px 0;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{color:var(--soft);font-weight:500;border-top:0}
h3{margin:18px 0 4px;font-size:1rem}section>.wide>h3:first-child,.card:first-child h3{margin-top:0}
h4{margin:16px 0 0;font-size:.92rem}
.wide ul:not(.reasons){margin:10px 0 0;padding-left:1.2em}
.card+.card{margin-top:24px;padding-top:18px;border-top:1px solid var(--line)}
.verdict{margin:4px 0 12px;padding:8px 12px;border-left:4px solid;background:var(--ground);font-weight:600}
.verdict.good{border-color:#2a7f62}.verdict.open{border-color:#8f6109}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:8px 16px;margin:0}
.facts dt{color:var(--soft);font-size:.8rem}.facts dd{margin:0;font-variant-numeric:tabular-nums}
.figures .figure{text-align:right;white-space:pre-line;font-variant-numeric:tabular-nums}
.figures th:last-child,.figures td:last-child{padding-right:0}
.figures td,.figures th{overflow-wrap:normal}.figures td:first-child{overflow-wrap:anywhere}.tight .figure:not(:last-child){white-space:nowrap}
.pair{display:grid;grid-template-columns:minmax(0,1fr);gap:8px 28px}@media(min-width:900px){.pair{grid-template-columns:minmax(0,560px) minmax(0,1fr);align-items:center}}
.chain{display:block;margin:10px 0 14px;font-size:12px}.chain text{paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}.chain+.chain{border-top:1px solid var(--line)}
.marks .key{margin:0 14px 0 0}.marks svg{display:inline;vertical-align:-2px;margin-right:4px}
details{margin-top:8px}summary{cursor:pointer;color:var(--soft)}.names .figure{text-align:left;overflow-wrap:anywhere}
.waiting{margin:6px 0 0;padding-left:1.3em;font-size:.9rem}.waiting li{margin-bottom:8px}.waiting code{display:block;margin-top:3px;overflow-wrap:anywhere}
.empty{color:var(--soft);margin:0}table+.empty{margin-top:12px}code{background:var(--ground);padding:1px 4px;border-radius:4px}
@media(max-width:560px){.figures{font-size:.8rem}.stacked thead{display:none}.stacked tr{display:block;border-top:1px solid var(--line);padding:6px 0}.stacked td,.stacked td.figure{display:flex;justify-content:space-between;gap:12px;border:0;padding:1px 0;text-align:right}.stacked td:first-child{font-weight:600;text-align:left}.stacked td:not(:first-child)::before{content:attr(data-label);white-space:nowrap;color:var(--soft);text-align:left}.stacked td:empty{display:none}header,main{padding:0 12px}section{padding:14px}h1{font-size:1.35rem}.on-screen{display:none}.on-telephone{display:block}}
@media print{body{background:#fff}section,.tile{border-color:#ccc}}
`;
