"""The index page's style sheet: phone first, light and dark, print; no font or picture from elsewhere."""

CSS = """\
:root {
  color-scheme: light dark;
  --paper: #fbfaf6; --card: #ffffff; --ink: #1d2326; --soft: #4c565b; --line: #dcd8cc; --edge: #767c7f;
  --accent: #0a5560; --accent-ink: #ffffff; --band: #0d3f48; --band-ink: #ffffff; --band-soft: #d5e6e8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #121719; --card: #1a2124; --ink: #e9e7e1; --soft: #b3bcbf; --line: #2f393d; --edge: #8b979b;
    --accent: #8fd3da; --accent-ink: #0c1a1c; --band: #0c2b31; --band-ink: #f4f3ee; --band-soft: #bcd7da;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
.wrap { max-width: 76rem; margin: 0 auto; padding: 0 1.1rem; }
h1, h2 { font-family: "Iowan Old Style", Charter, "Bitstream Charter", Georgia, "Liberation Serif", serif; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .6rem 1rem; background: var(--card); z-index: 2; }
.skip:focus { top: .5rem; }

header { background: var(--band); color: var(--band-ink); padding: 2.2rem 0 1.6rem; }
header h1 { margin: 0 0 .6rem; font-size: clamp(1.9rem, 1.4rem + 2.4vw, 3rem); font-weight: 600; }
.lead { margin: 0; max-width: 42rem; font-size: 1.1rem; color: var(--band-soft); }
header a { color: var(--band-ink); }
header :focus-visible { outline-color: var(--band-ink); }
.how { margin-top: 1.3rem; max-width: 44rem; }
.how summary {
  display: inline-block; cursor: pointer; padding: .55rem 1rem; border: 1px solid var(--band-soft);
  border-radius: .35rem; font-weight: 600; list-style: none;
}
.how summary::-webkit-details-marker { display: none; }
.how summary::after { content: " +"; }
.how[open] summary::after { content: " –"; }
.how ol { padding-left: 1.3rem; }
.how li { margin: .5rem 0; }

nav { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line); }
nav ul { display: flex; gap: 0 1.2rem; margin: 0; padding: 0; list-style: none; overflow-x: auto; }
nav a { display: block; padding: .75rem 0; white-space: nowrap; font-weight: 600; text-decoration: none; }
nav a:hover { text-decoration: underline; }
.n { color: var(--soft); font-weight: 400; font-size: .875rem; font-variant-numeric: tabular-nums; }

section { padding: 1.9rem 0 .4rem; }
h2 { margin: 0 0 .3rem; font-size: 1.6rem; font-weight: 600; }
.intro { margin: 0; max-width: 46rem; text-wrap: pretty; color: var(--soft); }
.feeds { display: grid; gap: .8rem; margin: .9rem 0 0; padding: 0; list-style: none; }
.feeds > li {
  display: flex; flex-direction: column; padding: .9rem 1rem .7rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .5rem; min-width: 0;
}
.feeds > li:only-child { grid-column: 1 / -1; }
.feeds > li:target { border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent); }
h3 { margin: 0; font-size: 1.1rem; font-weight: 650; }
.what { margin: .15rem 0 0; color: var(--soft); font-size: .9rem; }
.newest { margin: .55rem 0 0; font-size: .95rem; line-height: 1.4; overflow-wrap: anywhere; }
.newest a { color: var(--ink); text-decoration-color: var(--edge); }
.newest a:hover { color: var(--accent); }
time { display: block; color: var(--soft); font-size: .8125rem; }
.foot {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .2rem .8rem;
  margin: auto 0 0; padding-top: .55rem;
}
.formats { display: flex; gap: .4rem; }
.formats a {
  display: inline-block; min-width: 2.75rem; padding: .25rem .55rem; border: 1px solid var(--edge);
  border-radius: .3rem; text-align: center; text-decoration: none; font-size: .875rem; font-weight: 600;
}
.formats a:hover { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
.formats a:first-child { border-color: var(--accent); }

footer { margin-top: 2.5rem; padding: 1.2rem 0 2rem; border-top: 1px solid var(--line); color: var(--soft); }
footer p { max-width: 44rem; margin: .4rem 0; font-size: .95rem; }

@media (min-width: 40rem) {
  header { padding: 3rem 0 2rem; }
  .feeds { grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  :root {
    --paper: #ffffff; --card: #ffffff; --ink: #000000; --soft: #333333;
    --band: #ffffff; --band-ink: #000000; --band-soft: #333333;
  }
  nav, .skip, .how, footer { display: none; }
  header { padding: 0; }
  .feeds { display: block; columns: 2; }
  .feeds > li { break-inside: avoid; margin-bottom: .5rem; border-width: 0 0 1px; border-radius: 0; }
  .formats a { border: 0; min-width: 0; }
}
"""
