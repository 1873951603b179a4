import { z } from "zod";

/** What is computed of every glass: sections by name; what is left out is not computed. `Section.of` reads one. */
export type CampaignCompute = Readonly<Record<string, unknown>>;

/** How much of every sample is stored. */
export interface CampaignKeep {
  readonly bonds: "all" | "soft";
}

/** What an ensemble asks for, and of which glasses. */
export interface Asked {
  readonly compute: CampaignCompute;
  readonly keep: CampaignKeep;
  readonly particles: number;
  readonly dimension: 2 | 3;
}

/** What is wrong with a section: the field below it, and in words. */
export interface Refusal {
  readonly field: readonly string[];
  readonly message: string;
}

/** A section of a campaign file's "compute": its fields, and what it can't be asked for. */
export interface Section<Options = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<Options | undefined>;
  /** What can't be had of such glasses, or beside what else is asked for; nothing where all can. */
  readonly refuse: (asked: Asked) => Refusal | undefined;
  /** The section as an ensemble gives it, defaults filled in; nothing where it is not asked for. */
  readonly of: (ensemble: { readonly compute: CampaignCompute }) => Options | undefined;
}

/** A section by its fields; fields that are not required have defaults, and without any it is written "name:". */
export function section<Shape extends z.ZodRawShape>(
  name: string,
  shape: Shape,
  description: string,
  refuse: (options: z.output<z.ZodObject<Shape>>, asked: Asked) => Refusal | undefined = () => undefined,
): Section<z.output<z.ZodObject<Shape>>> {
  type Options = z.output<z.ZodObject<Shape>>;
  const of = ({ compute }: Pick<Asked, "compute">) => compute[name] as Options | undefined;
  return {
    name,
    schema: optionalSection(shape, description),
    refuse: (asked) => {
      const options = of(asked);
      return options && refuse(options, asked);
    },
    of,
  };
}

/** Fields that all have defaults: written as an object, or left empty ("lte:"). */
export function optionalSection<Shape extends z.ZodRawShape>(shape: Shape, description: string) {
  const object = z.strictObject(shape);
  return object
    .nullable()
    .transform((given) => given ?? object.parse({}))
    .optional()
    .describe(description) as unknown as z.ZodType<z.output<z.ZodObject<Shape>> | undefined>;
}
