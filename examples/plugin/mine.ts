// A plug-in: a potential form, an indicator, and a stage of campaigns with its table. docs/plugins.md explains it.
//   softfield lte glass.extxyz --model soft.json --plugin mine.ts
//   softfield spots glass.extxyz --model soft.json --plugin mine.ts --indicator stiffness
//   softfield run night.yaml            (the campaign file names the plug-in)
import type { Minimum, Pairs } from "softfield";
import type { CampaignPlugin } from "softfield/campaign";

export default ({ pairsOf, ofParticles }: typeof import("softfield")): CampaignPlugin => ({
  // φ alone: derivatives, smoothing at the cutoff and the tables of molecular dynamics follow
  forms: [
    {
      name: "soft-core",
      formula: "φ = ε x⁻ⁿ e^(−x/ξ)",
      parameters: {
        exponent: { description: "n." },
        decay: { description: "ξ; large: a power law.", default: 1 },
      },
      phi: (x, { exponent, decay }) => x.power(-exponent).times(x.times(-1 / decay).exponential()),
    },
  ],

  // the larger, the softer: one over the stiffness of a particle among neighbours that are held
  indicators: [
    {
      name: "stiffness",
      short: "stiffness",
      label: "1/tr *M*_{ii}",
      unit: "λ²/ε",
      description: "one over the stiffness that a particle's neighbours give it",
      of: "particles",
      threshold: 0,
      run: (minimum) => ofParticles(minimum, softness(pairsOf(minimum.interactions), minimum)),
    },
  ],

  // what "compute: {contacts: …}" of a campaign asks for
  campaign: ({ z, section, storedMinimum, recordBytes, whole, real, meanOf, estimateCells, ESTIMATE }) => {
    const contacts = section(
      "contacts",
      { within: z.number().positive().default(1.3).describe("Of each other, in units of λ.") },
      "How many neighbours particles have.",
    );
    const table = {
      name: "contacts",
      columns: {
        particle: whole(({ particle }: Row) => particle, "zero-based"),
        neighbours: real(({ neighbours }: Row) => neighbours, "nearer than what is asked for"),
      },
    };
    return {
      sections: [contacts],
      stages: [
        {
          name: "contacts",
          inputs: ["make"],
          version: 1,
          options: (ensemble) => contacts.of(ensemble),
          tables: [table],
          run: async (context) => {
            const { within } = contacts.of(context.ensemble)!;
            const { interactions, system } = storedMinimum(context);
            const rows = neighbours(pairsOf(interactions), system.species.length, within);
            return { "contacts.parquet": await recordBytes(table, rows) };
          },
        },
      ],
      collect: async (ask, only) => {
        const { rows } = await ask(`select avg(neighbours) from contacts ${only} group by seed order by seed`);
        return { contacts: rows.map(([mean]) => Number(mean)) };
      },
      tables: [
        {
          of: ["contacts"],
          least: "one sample",
          table: (ensembles) => ({
            name: "contacts",
            title: "Neighbours of a particle, mean over samples",
            columns: ["ensemble", "samples", ...ESTIMATE],
            rows: ensembles.flatMap((data) => {
              const { name, contacts: means } = data as typeof data & { contacts: number[] };
              return means.length === 0 ? [] : [[name, means.length, ...estimateCells(meanOf(means))]];
            }),
          }),
        },
      ],
    };
  },
});

interface Row {
  readonly particle: number;
  readonly neighbours: number;
}

/** 1/tr M_ii = 1/Σ (φ″ + (d − 1) φ′/r) over the pairs of each particle. */
function softness({ i, j, r, phi1, phi2 }: Pairs, { system }: Minimum): Float64Array {
  const d = system.box.dimension;
  const stiffness = new Float64Array(system.species.length);
  r.forEach((distance, m) => {
    const trace = phi2[m] + ((d - 1) * phi1[m]) / distance;
    stiffness[i[m]] += trace;
    stiffness[j[m]] += trace;
  });
  return stiffness.map((value) => (value > 0 ? 1 / value : Number.NaN));
}

function neighbours({ i, j, r }: Pairs, particles: number, within: number): Row[] {
  const counts = new Float64Array(particles);
  r.forEach((distance, m) => {
    if (distance > within) return;
    counts[i[m]]++;
    counts[j[m]]++;
  });
  return Array.from(counts, (count, particle) => ({ particle, neighbours: count }));
}
