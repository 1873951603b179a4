/** The campaign file of glasses that lie in files: an ensemble a group of them. */
export function filesTemplate({ name, model, groups }: FilesTemplateValues): string {
  const ensembles = Array.from(
    groups,
    ([group, files]) => `  ${group}:
    model: ${JSON.stringify(model)}
    # files from this file's folder; * and ? within names, e.g. "quench-*/min.data"
    glasses:
${files.map((file) => `      - ${JSON.stringify(file)}\n`).join("")}    # frames: all                  # of trajectories; or first, last, "0..200"
    # species: {"1": A, "2": B}    # names or types in the files to species of the model
    # minimize: true               # go down to the inherent structure where a file holds no minimum
`,
  ).join("");
  return `# A campaign of softfield on glasses of one's own: what is computed of each, and groups of them beside each other.
#   softfield run ${name}.yaml        computes what is missing, and nothing twice; stop and start it as you like
#   softfield status ${name}.yaml     done, running, failed, time left
#   softfield report ${name}.yaml     tables, figures, one HTML page
# A sample is known by its configuration: renaming files, ensembles, or adding some computes nothing anew. Every field, with
# its default: softfield init --schema (JSON Schema, for editors); docs/campaigns.md.

# The store refuses samples of a campaign with another name.
name: ${name}

# Groups that tables and figures compare (cooling rates, …), under names of your choice.
ensembles:
${ensembles}
# What is computed of every glass; leave a section out and it is not.
compute:
  # local thermal energies of all bonds (Eq. 3)
  lte:
  # the normal-modes baseline: the lowest vibrations
  modes:
    count: 30
  # softness field and soft spots (SI D), of the energies and of the modes
  spots:
  #   indicators: [debye-waller]   # others to find spots by
  # athermal quasistatic shear to the first plastic events (SI E), and how near the spots they are
  shear:
    events: 5

# How much is stored: "all" bonds or the "soft" ones, |E| ≥ 1.1, only.
keep:
  bonds: all
`;
}

/** What `softfield init -m MODEL FILES…` fills in. */
export interface FilesTemplateValues {
  readonly name: string;
  readonly model: string;
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** What an ensemble of a preset or a model file is called. */
export function ensembleName(model: string): string {
  return model.replace(/^.*[/\\]|\.json$/g, "").replace(/[^\w.-]/g, "_");
}

/** The commented campaign file that `softfield init` writes. */
export function campaignTemplate({ name, model, particles, seeds }: TemplateValues): string {
  return `# A campaign of softfield: thousands of glasses, and what is computed of them.
#   softfield run ${name}.yaml        makes what is missing, and nothing twice; stop and start it as you like
#   softfield status ${name}.yaml     done, running, failed, time left
#   softfield query ${name}.yaml "select ensemble, count(*) from bonds group by all"
# Every field, with its default: softfield init --schema (JSON Schema, for editors).

# The store refuses samples of a campaign with another name.
name: ${name}

# Folder of the results, from this file's folder. Default: the campaign's name.
# output: ${name}

# Glasses by model, size and protocol, under names of your choice. A sample is known by what determines it and its
# seed: renaming an ensemble, adding seeds, or changing what is computed never makes a glass anew.
ensembles:
  ${ensembleName(model)}:
    # 2dipl, 3dipl, 3dkablj, sw-silicon, or a model file ('softfield models' shows one)
    model: ${JSON.stringify(model).replace(/^"([\w.-]+)"$/, "$1")}
    # N. The paper: 10000 for 2dipl, 2000 for the others.
    particles: ${particles}
    # one sample a seed: 7, 1..300, "1..100, 205", or a list of such
    seeds: ${seeds}
    # How the liquid becomes a glass; what is left out follows the model (SI A of Zylberg 2017).
    # protocol:
    #   kind: anneal               # or instantaneous, or cooling
    #   liquidTime: 20             # τ₀ at liquidTemperature
    #   annealTime: 200            # τ₀ at annealTemperature, just below T_g
    #   minimizer: fire            # or cg (the paper's), or lbfgs
    # An ensemble may have a "compute" section of its own.

# What is computed of every glass; leave a section out and it is not.
compute:
  # local thermal energies of all bonds (Eq. 3)
  lte:
  # the normal-modes baseline: the lowest vibrations
  modes:
    count: 30
  # softness field and soft spots (SI D), of the energies and of the modes
  spots:
  #   threshold: 1.1               # only bonds with |E| at least this
  #   reading: mean-of-kept        # or mean-of-all, sum, largest, sum-of-squares: what SI D leaves open
  #   empty: zero                  # or skip
  #   smoothing: average           # or pool, or none
  #   bins: 40                     # along each edge; by the rule of SI D
  #   indicators: [nonaffinity]    # others to find spots by: debye-waller, displacement, energy
  # athermal quasistatic shear to the first plastic events (SI E), and how near the spots they are
  shear:
    events: 5
  #   maxStrain: 0.2
  #   minimizer: fire              # at an event; the paper's is cg
  # couplings of the lowest modes and of plane waves to each other and to the bonds (Eq. 4)
  # couplings:
  #   modes: 10                    # lowest modes that are measured; 0: none
  #   waves: 12                    # largest wave number along each edge; 0: none
  # the softest mode and the largest |E| on the way to the first event (Eq. 5)
  # instability:
  #   fractions: [0.9, 0.99, 0.999, 0.9999]   # of the critical strain

# How much is stored: "all" bonds (1.2 MB a sample of 10,000 particles in 2D) or the "soft" ones, |E| ≥ 1.1, only.
keep:
  bonds: all
`;
}

/** What `softfield init` fills in. */
export interface TemplateValues {
  readonly name: string;
  readonly model: string;
  readonly particles: number;
  readonly seeds: string;
}
