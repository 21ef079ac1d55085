/** One instruction of a Dockerfile, with its lines joined. */
interface Instruction {
  name: string;
  args: string;
}

export interface Stage {
  /** Undefined for the last stage, which becomes the image. */
  name?: string;
  base: string;
  instructions: Instruction[];
}

/** The stages of a Dockerfile, without comments. */
export function stagesOf(text: string): Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, name = '', args = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no instruction: "${line}"`);
    if (name === 'FROM') {
      const [base = '', , stage] = args.split(/\s+/);
      stages.push({ base, name: stage, instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, args });
  }
  return stages;
}

/** The copied paths of a stage: from the build context, or from the stage named in `from`. */
export function copiesOf(stage: Stage): { from?: string; paths: string[]; to: string }[] {
  return stage.instructions
    .filter(({ name }) => name === 'COPY')
    .map(({ args }) => {
      const words = args.split(/\s+/);
      const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
      const paths = words.filter((word) => !word.startsWith('--'));
      return { from, paths: paths.slice(0, -1), to: paths.at(-1) ?? '' };
    });
}

/** The arguments of every instruction of that name, in order. */
export function valuesOf(stage: Stage, name: string): string[] {
  return stage.instructions.filter((one) => one.name === name).map(({ args }) => args);
}
