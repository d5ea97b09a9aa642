/**
 * Domains that say nothing about where somebody works. Our own selection of the providers most in use, each known from
 * its public sign-up page; fuller lists for comparing: npm `free-email-domains` (MIT) and the repository
 * `disposable-email-domains` (CC0). A domain that is missing here costs a review, one too many costs a match.
 */
const FREE_MAIL = `gmail.com googlemail.com icloud.com me.com mac.com msn.com aim.com rocketmail.com ymail.com mail.com
  email.com proton.me protonmail.com protonmail.ch pm.me tuta.com tutanota.com fastmail.com fastmail.fm hey.com zoho.com
  zohomail.com hushmail.com mailfence.com posteo.de mailbox.org web.de freenet.de t-online.de arcor.de bluewin.ch
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it telenet.be skynet.be
  ziggo.nl kpnmail.nl planet.nl btinternet.com sky.com talktalk.net virginmedia.com comcast.net verizon.net att.net
  sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com shaw.ca rogers.com bigpond.com optusnet.com.au
  xtra.co.nz uol.com.br bol.com.br terra.com.br ig.com.br mail.ru list.ru bk.ru inbox.ru rambler.ru ukr.net seznam.cz
  centrum.cz wp.pl onet.pl o2.pl interia.pl freemail.hu abv.bg qq.com 163.com 126.com sina.com sohu.com foxmail.com
  naver.com daum.net hanmail.net rediffmail.com docomo.ne.jp ezweb.ne.jp`;
const FREE_FAMILY = /(?:^|\.)(?:yahoo|hotmail|outlook|live|gmx|aol|yandex)\.[a-z]{2,3}(?:\.[a-z]{2})?$/;

/** Domains under which anybody gets a site of their own. */
const HOSTING = `github.io gitlab.io pages.dev netlify.app vercel.app herokuapp.com web.app firebaseapp.com
  wordpress.com blogspot.com wixsite.com weebly.com squarespace.com myshopify.com onmicrosoft.com google.com
  facebook.com linkedin.com instagram.com`;

/** Mailboxes for minutes. */
const DISPOSABLE = `10minutemail.com 33mail.com dispostable.com emailondeck.com fakeinbox.com getairmail.com getnada.com
  grr.la guerrillamail.com guerrillamail.net guerrillamail.org mailcatch.com maildrop.cc mailinator.com mailnesia.com
  mintemail.com moakt.com mohmal.com mytemp.email sharklasers.com spamgourmet.com temp-mail.org tempmail.com
  throwawaymail.com trashmail.com trashmail.de yopmail.com yopmail.fr yopmail.net`;

/** Services that hide the mailbox behind. Many people use them for good reasons: low severity. */
const RELAY = `privaterelay.appleid.com duck.com mozmail.com relay.firefox.com simplelogin.com simplelogin.co aleeas.com
  slmail.me anonaddy.com anonaddy.me addy.io passmail.net passmail.com`;

type Kind = 'free' | 'hosting' | 'disposable' | 'relay';

const listed = (kind: Kind, text: string) => text.split(/\s+/).map((it) => [it, kind] as const);
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...listed('free', FREE_MAIL),
  ...listed('hosting', HOSTING),
  ...listed('disposable', DISPOSABLE),
  ...listed('relay', RELAY),
]);

/** Whether a mail host is that of a disposable mailbox or of a relay; `null` when neither is known. */
export function riskyMailHost(host: string): 'disposable' | 'relay' | null {
  const kind = kindOf(host);
  return kind === 'disposable' || kind === 'relay' ? kind : null;
}

/** Whether many unconnected people share a domain, so that it tells no account. */
export function isSharedDomain(domain: string): boolean {
  return kindOf(domain) !== null || FREE_FAMILY.test(domain);
}

/** Of the host itself, else of what it lies under: `a.b.example`, then `b.example`. */
function kindOf(host: string): Kind | null {
  for (let from = 0; ; from = host.indexOf('.', from) + 1) {
    const kind = KINDS.get(host.slice(from));
    if (kind !== undefined) return kind;
    if (host.indexOf('.', from) < 0) return null;
  }
}
