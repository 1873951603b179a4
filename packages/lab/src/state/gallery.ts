/** A glass worth a look: a link within this page, and its picture in `public/gallery`. */
export interface Piece {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly hash: string;
}

export const GALLERY: readonly Piece[] = [
  {
    name: "strike",
    title: "Foretold",
    text: "The first glass at its first event: it strikes the softest spot. Chosen, as the page says.",
    hash: "model=2dipl&n=1000&seed=5&events=1&event=1&tab=break",
  },
  {
    name: "missed",
    title: "Not foretold",
    text: "Seed 1: much of the glass was softer than the place that broke first. This happens, too.",
    hash: "model=2dipl&n=1000&seed=1&events=1&event=1&tab=break",
  },
  {
    name: "large",
    title: "Ten thousand",
    text: "The paper’s own size. Zoom in on spot 1.",
    hash: "example=2dipl_10000.extxyz.gz",
  },
  {
    name: "brink",
    title: "On the brink",
    text: "The field just before an instability: all E gathers in a few bonds, up to 10⁶.",
    hash: "model=2dipl&n=1000&seed=5&strain=0.003718&basis=present&tab=break",
  },
  {
    name: "avalanche",
    title: "Avalanche",
    text: "Event 4 of the first glass: a drop of 5.4 ε, and the whole box moves.",
    hash: "model=2dipl&n=1000&seed=5&events=4&event=4&tab=break",
  },
  {
    name: "compared",
    title: "Side by side",
    text: "E, thirty modes, Debye–Waller, softening under shear: the same event on all four.",
    hash: "model=2dipl&n=1000&seed=5&events=1&event=1&tab=break&beside=modes,debye-waller,softening",
  },
  {
    name: "warm",
    title: "Warm",
    text: "The proof: what molecular dynamics measures of each bond gathers on the line of its E.",
    hash: "model=2dipl&n=400&seed=5&warm=0.0001&spots=false",
  },
  {
    name: "silicon",
    title: "Silicon",
    text: "Stillinger and Weber’s silicon, 216 atoms, with its angles.",
    hash: "model=sw-silicon&n=216&seed=1&liquidTime=4&annealTime=8",
  },
  {
    name: "kob-andersen",
    title: "Kob–Andersen",
    text: "Three dimensions: the mixture of Lennard-Jones spheres.",
    hash: "example=3dkablj_400.extxyz",
  },
];
