// The words that the tree does without, with what to write instead, and where one may stay.

/**
 * Words for `scripts/words.mjs`: the pattern in prose, what to write, a planted sentence that must be found;
 * `inName` also refuses it in names of code and files.
 */
export const words = [
  prose(
    'told',
    /\b(told|telling)\b/,
    'notified, informed, recorded, or "distinguish"',
    'The subscriber is told once.',
    'toldOnce',
  ),
  prose(
    'judge',
    /\bjudg(e|es|ed|ing|ement|ements|es)\b/,
    '"evaluate"',
    ['Judges the alerts.', 'It was judged by older rules.'],
    'judgedBy',
  ),
  prose('docket', /\bdockets?\b/, '"evaluation queue"', 'It is put on the docket.', 'docket'),
  prose('line walk', /\bline[ -]walks?\b/, '"incremental row"', 'The line walk adds it.'),
  prose('anew', /\banew\b/, '"again", "rebuilt"', 'The view is made anew.', 'madeAnew'),
  prose(
    'whoever',
    /\bwho(so)?ever\b/,
    '"the caller", "the client", "the reader"',
    'Whoever reads it waits.',
    'whoeverAsks',
  ),
  prose(
    'who asks',
    /\b(who|which) asks\b/,
    '"the caller", "the client", "the request"',
    'It is shown to the one who asks.',
  ),
  prose('at once', /\b(at|in) once\b/, '"immediately" or "at the same time"', 'Two replicas start at once.'),
  prose(
    'stands',
    /\b(stands|stood|stand(?!-)(?=s? (still|in|on|at|beside|there|with|open|for itself))|standing)\b(?! for\b)/,
    '"is", "is open", "is stalled"',
    ['The site stands still.', 'What stands there is read.', 'It stood beside the file.'],
  ),
  prose('standstill', /\bstandstills?\b/, '"stall"', 'A standstill of 30 days.', 'standstill'),
  prose('taken up', /\b(taken|takes|took|taking) up\b/, '"processed", "read"', 'Events that were taken up.'),
  { ...prose('answers', /^[/* ]*Answers\b/, '"Returns"', []), only: 'comment' },
  prose('lane', /\blanes?\b/, '"queue"', 'Commands wait in a lane.', 'laneOf'),
  prose('scene', /\bscenes?\b/, '"fact index", "sample project"', 'The scene has three items.', 'sceneOf'),
  prose(
    'word on',
    /\bwords? on (it|that|them|the matter)\b/,
    '"the entry", "the statement"',
    'The last word on it counts.',
  ),
  prose(
    'in the hand',
    /\b(held|keeps?|kept|has|have) in (the|its|their) hands?\b/,
    '"in memory", "open"',
    'The lock is held in the hand.',
  ),
  prose('work-order', /\bwork[ -]order\b/, '"topological order"', 'Items in work-order.'),
  prose('in vain', /\bin vain\b/, '"without result"', 'It was tried in vain.'),
  prose(
    'archaic',
    /\b(thereof|therein|thereby|thereupon|whereupon|whereof|wherein|hitherto|heretofore|lest|ought|thence|whence|hence|henceforth|nought|unto|upon|alike)\b/,
    'a plain connective',
    ['It ends, lest it grows.', 'The number thereof.'],
  ),
  prose(
    'nobody asked',
    /\b(what|all that|everything that) (is|was) so\b/,
    '"the facts"',
    'It shows what is so.',
  ),
  prose('be had', /\b(to be had|is had|be had)\b/, '"available"', 'No network is to be had.'),
  prose('comes to', /\bcome(s)? to stand\b/, '"is placed"', 'It comes to stand beside.'),
  prose('for good', /\bby heart\b/, '"in memory"', 'It knows them by heart.'),
];

/**
 * Where words may stay: `files` is a glob, `words` the ids (all when absent), `why` the reason.
 * An exemption that nothing needs is refused, except one that is `pending`.
 */
export const allowed = [
  { files: 'web/**/*texts*', why: 'labels of the page, and their keys' },
  { files: 'test/web/**', why: 'labels of the page' },
  { files: 'web/office/alerts/**', words: ['told'], why: 'keys of labels of the page' },
  {
    files: '{domain,projections,src,test}/**',
    words: ['told'],
    why: 'the member toldOn of alerts and tables named so; local names of tests',
  },
  {
    files: '{projections,src,test,proofs}/**',
    words: ['judge'],
    why: 'the member notJudged of the API, and the stored due index',
  },
  {
    files: '{domain,projections,test,src/channels,src/app}/**',
    words: ['stands'],
    why: 'words of alerts, entries and mails',
  },
];

function prose(id, pattern, write, bad, name) {
  const everywhere = new RegExp(pattern, 'gi');
  return { id, pattern: everywhere, inName: everywhere, write, bad: [bad].flat(), name };
}
