import { inkRules } from '../charts/ink.ts'
import { darkScheme } from './dark-scheme.ts'

/**
 * The stylesheet served at `/assets/vigie.css`, after DSFR's own: what DSFR lacks (key numbers, charts, tables
 * that fit), a letter that is on every machine, the dark scheme without script, and paper.
 *
 * @param dsfrStylesheet text of the `dsfr.main.min.css` that is served, from which the dark colours are read.
 */
export function stylesheet(dsfrStylesheet: string): string {
  return [OWN_RULES, inkRules(), darkScheme(dsfrStylesheet), DARK_RULES, STILL_RULES, PRINT_RULES].join('\n')
}

// Marianne is reserved to the State: its family is named only under the class that the deployer turns on.
const OWN_RULES = `
:root{color-scheme:light}
html:not(.state) body,html:not(.state) input,html:not(.state) select,html:not(.state) textarea,html:not(.state) button{font-family:"Helvetica Neue",Arial,"Liberation Sans",sans-serif}
.drawing{font-family:inherit}
main{padding-top:1.5rem;padding-bottom:4rem}
main:focus,#menu:focus,#pied:focus{outline:none}
main>h1{margin-bottom:1rem}
main h2{margin-top:2.5rem}
main h3{margin-top:2rem}
main .fr-h5{margin:1.5rem 0 .75rem}
main .fr-alert__title{margin:0}
main p,main ol>li,main ul>li{max-width:48rem}
main dt{font-weight:700}
main dd{max-width:48rem}
main .fr-input-group,main .fr-select-group,main .fr-upload-group{max-width:30rem}
main .plate p,main .table p,main .key-figure p{max-width:none}
.fr-breadcrumb{margin:0 0 1.5rem}

.person{margin:0 1rem 0 auto;font-size:.875rem;text-align:right}
.person>*{margin-left:.75rem;font-size:.875rem}
.fr-header search{margin:0 0 0 auto}
.town-search{display:flex}
.town-search .fr-input{width:11rem;margin:0}
search+.person{margin-left:1rem}
.menu{box-shadow:inset 0 1px 0 0 var(--border-default-grey)}
.menu .fr-nav__link{min-height:3rem;padding:.75rem}
.menu-narrow{display:none}
.menu-narrow>summary{padding:.75rem 0;font-weight:700;color:var(--text-action-high-grey);cursor:pointer}
.menu-narrow .fr-nav__list{display:block;margin:0}
.menu-narrow .fr-nav__link{min-height:2.75rem;padding:.5rem .75rem}
@media (max-width:61.99em){
.menu-list-wide{display:none}
.menu-narrow{display:block}
.fr-header__body-row{flex-wrap:wrap;padding:0}
.fr-header__service:before{content:none}
.fr-header__brand{flex:1 1 100%;filter:none}
.person{flex:1 1 100%;margin:0;padding:0 1rem .5rem;text-align:left}
.fr-header search{flex:1 1 100%;margin:0;padding:0 1rem .5rem}
.town-search .fr-input{flex:1}
search+.person{margin-left:0}
.person>*{margin:0 .75rem 0 0;font-size:.8125rem;line-height:1.25rem}
}
.door ul{margin:0;padding:0;list-style:none}
.door>span{display:block;padding:.5rem .75rem 0;font-size:.75rem;line-height:1rem;font-weight:700;text-transform:uppercase;letter-spacing:.04em;color:var(--text-mention-grey)}
@media (min-width:62em){.menu .fr-nav{margin:0}.menu .fr-nav__list{display:flex;flex-wrap:wrap;align-items:flex-end;margin:0 -.75rem}.door ul{display:flex}.door{margin-right:1rem;border-left:1px solid var(--border-default-grey)}.door .fr-nav__link{min-height:2.5rem;padding:.4rem .75rem}.menu-list-wide .fr-nav__list>.fr-nav__item .fr-nav__link{min-height:2.5rem;padding:.4rem .75rem}}

.progress [hidden]{display:none}
.progress p{margin:.75rem 0}
.progress progress{display:block;width:100%;max-width:30rem;height:.75rem;margin:.5rem 0 1rem;accent-color:var(--background-action-high-blue-france)}

.key-figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(15.5rem,1fr));gap:1rem;margin:1.5rem 0}
.key-figure{border:1px solid var(--border-default-grey);border-left:4px solid var(--border-plain-blue-france);padding:1rem 1.25rem;background:var(--background-default-grey)}
.key-figure p{margin:0 0 .35rem;font-size:.875rem;line-height:1.25rem}
.key-figure .key-figure-label{font-weight:700;font-size:1rem;line-height:1.5rem;color:var(--text-title-grey)}
.key-figure .key-figure-value{font-size:1rem;line-height:2.75rem;color:var(--text-title-grey)}
.key-figure-number{font-size:2.25rem;font-weight:700;font-variant-numeric:tabular-nums;letter-spacing:-.01em;margin-right:.3rem}
.key-figure .key-figure-missing{font-size:1.25rem;line-height:1.75rem;padding:.5rem 0;font-style:italic;color:var(--text-mention-grey)}
.key-figure-comparison{font-weight:700}
.key-figure .key-figure-clock,.key-figure .key-figure-source{font-size:.8125rem;line-height:1.2rem;color:var(--text-mention-grey)}
.key-figure p:last-child{margin-bottom:0}

.status{display:inline-block;padding:0 .5rem;margin-left:.25rem;border:1px solid currentColor;border-radius:.75rem;font-size:.8125rem;line-height:1.375rem;font-weight:400;vertical-align:.15em;color:var(--text-default-grey);white-space:nowrap}
.status-observed,.status-derived{background:var(--background-contrast-grey)}
.status-estimated,.status-censored,.status-at-most{border-style:dashed}
.status-withdrawn{text-decoration:line-through}

.plate{margin:2rem 0 2.5rem;padding:0}
.plate-caption{display:block;margin-bottom:.75rem}
.plate-title{display:block;font-weight:700;font-size:1.125rem;line-height:1.5rem;color:var(--text-title-grey)}
.plate-subtitle{display:block;font-size:.875rem;line-height:1.25rem;color:var(--text-mention-grey)}
.plate .drawing-wide{display:block;width:100%;max-width:67.5rem;height:auto}
.plate .drawing-narrow{display:none;max-width:100%;height:auto}
.plate-notes,.plate .plate-source{font-size:.8125rem;line-height:1.25rem;color:var(--text-mention-grey)}
.plate-notes p,.plate-notes ul{margin:.5rem 0 0;font-size:inherit;line-height:inherit}
.plate .plate-source{margin:.5rem 0}
.plate-list{list-style:none;padding:0}
.plate .plate-reading{position:sticky;top:0;z-index:1;margin:0;padding:.375rem .75rem;font-size:.875rem;line-height:1.25rem;color:var(--text-inverted-grey);background:var(--background-flat-grey,#161616)}
.crosshair{stroke:var(--ink-title);stroke-width:1;pointer-events:none}
.plate .drawing:focus-visible{outline:2px solid #0a76f6;outline-offset:2px}
.narrow-only,.narrow-letter{display:none}
.sign-conflict{color:var(--ink-conflict)}
@media (max-width:47.99em){
.plate .drawing-wide{display:none}
.plate .drawing-narrow{display:block;width:100%;max-width:26rem}
.narrow-only{display:block}
.narrow-letter{display:inline}
}

.beside{display:grid;gap:0 2rem}
.beside>*{min-width:0}
@media screen and (min-width:62em){
.beside{grid-template-columns:minmax(0,1fr) 28rem;align-items:start}
.beside .plate{margin:1.5rem 0}
.beside .plate .drawing-wide{display:none}
.beside .plate .drawing-narrow{display:block;width:100%;max-width:none}
}

.small-fans{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:1.25rem 1rem;list-style:none;padding:0;margin:0}
@media (min-width:48em){.small-fans{grid-template-columns:repeat(auto-fill,minmax(13rem,1fr))}.small-fans:not(:has(li:nth-child(4))){grid-template-columns:repeat(auto-fit,minmax(13rem,22rem))}}
.small-fans li{display:flex;flex-direction:column}
.small-fans .drawing{display:block;width:100%;height:auto}
.small-fans .small-fan-name{flex:1;display:flex;justify-content:space-between;align-items:flex-end;align-content:flex-end;flex-wrap:wrap;gap:0 .5rem;margin:0 0 .25rem;font-size:.875rem;line-height:1.125rem}
.small-fan-name span{min-width:0;overflow-wrap:anywhere}
.small-fan-name strong{white-space:nowrap;color:var(--text-title-grey)}
.small-fans .small-fan-axis{display:flex;justify-content:space-between;margin:0;font-size:.75rem;line-height:1rem;color:var(--text-mention-grey)}

.table{margin:1.5rem 0}
.table-frame{overflow-x:auto;border:1px solid var(--border-default-grey);background:linear-gradient(to right,var(--background-default-grey) 30%,transparent) left/2rem 100% local,linear-gradient(to left,var(--background-default-grey) 30%,transparent) right/2rem 100% local,linear-gradient(to left,var(--ink-axis),transparent) right/.75rem 100% scroll,linear-gradient(to right,var(--ink-axis),transparent) left/.75rem 100% scroll;background-repeat:no-repeat}
.table table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.25rem}
.table caption{padding:.75rem;text-align:left;font-weight:700;font-size:1rem;line-height:1.5rem;color:var(--text-title-grey)}
.table th,.table td{padding:.5rem .75rem;text-align:left;vertical-align:baseline;border-top:1px solid var(--border-default-grey)}
.table thead th{vertical-align:bottom;background:var(--background-contrast-grey);color:var(--text-title-grey);font-weight:700;border-bottom:2px solid var(--border-plain-grey)}
.table tbody th{position:sticky;left:0;background:var(--background-default-grey);font-weight:400;color:var(--text-title-grey);min-width:6rem}
.table .number{text-align:right;font-variant-numeric:tabular-nums}
.table td.number,.table .whole{white-space:nowrap}
.table thead th{overflow-wrap:normal;word-break:normal}
.table ul{margin:0;padding-left:1rem}
.table .fr-link{font-size:inherit;line-height:inherit}
@media screen and (max-width:47.99em){.table table{width:max-content;min-width:100%}.table th,.table td{max-width:13rem;padding:.5rem .4rem}.table tbody th{max-width:9rem}.table thead .number{max-width:5rem}.table caption span{position:sticky;left:.75rem;display:inline-block;max-width:calc(100vw - 4rem)}}
.table .table-note{margin:.5rem 0 0;font-size:.8125rem;line-height:1.25rem;color:var(--text-mention-grey)}
.document table{width:100%;border-collapse:collapse;font-size:.875rem}.document th,.document td{padding:.4rem .5rem;border-bottom:1px solid var(--border-default-grey);text-align:left;vertical-align:top}.document pre{overflow-x:auto}
.table-files{margin:.5rem 0 0;font-size:.875rem;line-height:1.5rem}
.table-files>summary{display:inline-block;padding:.25rem 0;cursor:pointer;color:var(--text-action-high-blue-france)}
.table-files ul{display:flex;flex-wrap:wrap;gap:0 1rem;margin:0;padding:0;list-style:none}

input[type=date]:focus-within{outline:2px solid #0a76f6;outline-offset:2px}
.fold{margin:.75rem 0;border-bottom:1px solid var(--border-default-grey)}
.fold>summary{padding:.5rem 0;cursor:pointer;color:var(--text-action-high-blue-france);font-weight:500}
.fold-body{box-sizing:border-box;padding:0 0 1rem}

.fold-part{margin:0}
.fold-part>summary{padding:.75rem 0}
.fold-part>summary>h2{display:inline;margin:0;font-size:1.25rem;line-height:1.75rem;color:inherit}
.embedded{padding:1rem}
.embedded .plate,.embedded h1{margin:0}
.in-line{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:0;list-style:none}
.plate .fold{border:0;margin:0}
.plate .fold>summary{font-size:.875rem;line-height:1.5rem;padding:.25rem 0}
.plate .fold .table{margin:.5rem 0}

.filters{display:flex;flex-wrap:wrap;align-items:flex-end;gap:1rem;margin:1.5rem 0;padding:1rem;background:var(--background-alt-grey)}
.filters .filter,.filters .filter:not(:last-child){flex:1 1 12rem;margin:0}

.filters .filters-note{flex:1 1 100%;margin:0;font-size:.875rem}

.arrivals .status{margin:0}
.status[hidden]{display:none}
.attention{margin:1rem 0;padding:0;list-style:none;max-width:56rem}
.attention>li{margin:0 0 .5rem;padding:.5rem 0 .5rem 1rem;border-left:4px solid var(--border-plain-warning)}
.attention ul{margin:.25rem 0}
.paths{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1rem;padding:0;list-style:none}
.paths li{padding:.75rem 1rem;border:1px solid var(--border-default-grey)}
.paths a{font-weight:700}
.paths span{display:block;font-size:.875rem;line-height:1.25rem}
.steps{max-width:48rem}
.sources{font-size:.8125rem;line-height:1.25rem;color:var(--text-mention-grey)}

.lever{display:block;margin:1.5rem 0;padding:1rem;border:1px solid var(--border-default-grey)}
.lever legend{width:auto;padding:0 .5rem}
.lever-cells{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem;align-items:end}
.lever-cells>div,.lever-cells>div:not(:last-child){margin:0;min-width:0}
.scenario-form>.fr-input-group,.scenario-form>.fr-select-group{max-width:30rem}

.sentence::first-letter{text-transform:uppercase}
.sentence{display:inline-block;vertical-align:top}
.deposit .fr-btn{margin-top:1rem}

.empty{margin:1.5rem 0;padding:1.5rem;border:1px dashed var(--border-plain-grey)}
.empty-title{font-weight:700;color:var(--text-title-grey)}
.empty p:last-child{margin-bottom:0}
.conflict ul{margin:0}
.fr-notice{margin-bottom:1.5rem}
.fr-alert{margin:1.5rem 0}
main pre{overflow-x:auto;margin:0 0 1.5rem;padding:1rem;background-color:var(--background-alt-grey)}
#explorateur{color-scheme:light;background:#fff}
#explorateur *{--hover:#eee;--active:#ddd}
#explorateur pre{margin:0;padding:0;background:none}
#explorateur p{max-width:none}
.problem-code{font-size:.875rem;color:var(--text-mention-grey)}
.footer-words{max-width:48rem;margin-bottom:2rem;font-size:.875rem;line-height:1.5rem}
`

// DSFR fades and slides whatever people asked of their machine.
const STILL_RULES = `
@media (prefers-reduced-motion:reduce){*,*::before,*::after{transition-duration:0s!important;animation-duration:0s!important;scroll-behavior:auto!important}}
`

const DARK_RULES = `
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark}}
`

const PRINT_RULES = `
@media print{
@page{margin:12mm 14mm}
body{font-size:10pt;line-height:1.4}
.fr-skiplinks,.menu,search,.person,.fr-breadcrumb,.filters,.no-print,.fr-footer__bottom{display:none!important}
main form:not(:has(table,li)),main button,main input,main select,main textarea{display:none!important}
.fr-header{filter:none;border-bottom:1px solid #808080}
.fr-header__service,.fr-header__brand{padding:.25rem 0}
.fr-header__body-row,.fr-header__brand,.fr-header__service{margin:0}
.one-sheet{zoom:.78}
.one-sheet h2{margin-top:.6rem!important;margin-bottom:.2rem!important}
.one-sheet p{margin-bottom:.3rem!important}
.fold:not([open],.fold-printed){display:none}
.fold>summary{list-style:none;padding:.25rem 0;color:inherit;font-weight:700;break-after:avoid}
.fold-printed::details-content{display:block;block-size:auto;content-visibility:visible}
.fr-footer{box-shadow:none;padding:0;background:none}
.footer-words{margin:0;font-size:8pt;line-height:1.3}
main{padding:0}
.fr-container{max-width:none;padding:0}
h1{font-size:18pt;line-height:1.2;margin:.5rem 0}
h1,h2,h3,h4,.table caption,.table thead{break-after:avoid}
.fr-alert,.fr-notice{border:1px solid #808080;background:none;color:#161616}
.fr-alert{padding:.5rem 1rem}
.fr-alert .fr-alert__title{font-size:11.5pt;line-height:1.25}
.fr-alert::before,.fr-notice .fr-notice__title::before{display:none}
.fr-notice__body{padding:.5rem 1rem}
.key-figure .key-figure-value{line-height:2rem}
main h2{font-size:13pt;line-height:1.25;margin:.9rem 0 .35rem}
main h3,main .fr-h5{font-size:11.5pt!important;line-height:1.25!important;margin:.75rem 0 .25rem}
main h4{font-size:10.5pt;line-height:1.25;margin:.5rem 0 .25rem}
dt{break-after:avoid}
.fold-body{padding:0 0 .35rem}
.status{font-size:7.5pt;line-height:1.3}
main p,main li,main dd{font-size:10pt;line-height:1.35;max-width:none}
main p{margin-bottom:.4rem}
main li{padding-bottom:.1rem}
.table,.plate{margin:.75rem 0}
main .sources{font-size:8pt;line-height:1.25}
main .fr-text--lead{font-size:11pt!important;line-height:1.4!important;margin-bottom:.5rem}
main .key-figures p,main .plate p,main .table p{font-size:8.5pt}
.plate .drawing-wide{display:block;width:100%}
.paper .plate .drawing-wide{width:80%}
.paper h2{margin:.6rem 0 .25rem}
.paper .table,.paper .plate{margin:.35rem 0}
.paper p,.paper li{margin-bottom:.2rem;font-size:9.5pt}
body:has(.paper) .fr-footer{display:none}
.paper .table caption{padding:.2rem 0}
.plate .drawing-narrow,.narrow-only,.narrow-letter{display:none}
.plate,.key-figure,.table tr,.small-fans li,.conflict,.fr-alert{break-inside:avoid}
.small-fans{grid-template-columns:repeat(4,1fr)}
.key-figures{grid-template-columns:repeat(3,1fr);gap:.5rem}
.table-frame{overflow:visible;border:0}
.table caption{padding:.35rem 0}
.table table{font-size:8pt;line-height:1.3}
.table th,.table td{padding:.2rem .25rem}
.table td.number:not(:has(.status)){white-space:normal}
.table thead{display:table-header-group}
.table tbody th{position:static}
.drawing,.status,.key-figure,.table thead th{-webkit-print-color-adjust:exact;print-color-adjust:exact}
a[href]{color:inherit}
}
`
