const sectors = ['chemicals', 'furniture', 'vehicles and parts', 'wood products'];
const characters = [...'东西南北中华奥腾骏久星迅发卓益柏优恒裕泓'];

/** The lines of a district of many projects with a plan, a report a month and money, for an import. */
export function* linesOfMany(projects: number, reports: number): Generator<string> {
  for (let number = 0; number < projects; number++) {
    const project = `project-${String(number).padStart(5, '0')}`;
    const at = (offset: number) => characters[(number * 7 + offset * 3) % characters.length];
    const name = { zh: `${at(0)}${at(1)}${at(2)}项目${number}`, en: `Project ${number}` };
    yield line(project, 'ProjectRegistered', '2018-01-01', {
      name,
      sector: sectors[number % sectors.length],
    });
    if (reports === 0) continue;
    const items = ['foundations', 'structure', 'equipment'].map((id, index) => ({
      id,
      name: { en: id, zh: ['基础', '主体', '设备'][index] },
      weight: index + 1,
      measure: 'percent',
    }));
    yield line(project, 'PlanAdopted', '2018-01-01', { items });
    for (let report = 0; report < reports; report++) {
      const asOf = `2018-${String(1 + (report % 6)).padStart(2, '0')}-${String(1 + (number % 27)).padStart(2, '0')}`;
      const percent = Math.min(100, 10 + report * 8 + (number % 20));
      const item = items[report % 3]?.id;
      yield line(project, 'ProgressMeasured', asOf, { item, measure: { kind: 'percent', percent } });
    }
    const amount = { amount: String(100 + number), unit: '万元' };
    yield line(project, 'InvestmentReported', '2018-06-30', { amount, span: 'since-start' });
  }
}

const causes = ['financing', 'licence', 'land', 'labour', 'supply'];

/** The lines of stalled projects, each with an alert: of two in three the works are stalled, which is red. */
export function* linesOfStalled(projects: number): Generator<string> {
  for (let number = 0; number < projects; number++) {
    const project = `stalled-${String(number).padStart(5, '0')}`;
    const name = { zh: `停工项目${number}`, en: `Stalled works ${number}` };
    yield line(project, 'ProjectRegistered', '2018-01-01', {
      name,
      sector: sectors[number % sectors.length],
    });
    const blocks = [number % 3 === 0 ? 'production' : 'works'];
    const asOf = `2018-0${2 + (number % 4)}-15`;
    yield line(project, 'StallDeclared', asOf, {
      stall: 'no-money',
      cause: causes[number % causes.length],
      blocks,
    });
  }
}

/** The lines of one project with groups, forecasts, money and many measures over half a year, in the order of their days. */
export function* linesOfOne(project: string, measures: number): Generator<string> {
  yield line(project, 'ProjectRegistered', '2018-01-01', {
    name: { zh: '千条项目', en: 'A thousand entries' },
  });
  const items = Array.from({ length: 25 }, (_, index) => {
    const group = `group-${Math.floor(index / 5)}`;
    const id = index % 5 === 0 ? group : `${group}-${index % 5}`;
    const dates = { plannedStart: '2018-01-05', plannedFinish: `2018-0${4 + (index % 5)}-20` };
    const parent = id === group ? {} : { parent: group, ...dates };
    return {
      id,
      name: { en: `Part ${index}`, zh: `部位${index}` },
      weight: 1 + (index % 3),
      measure: 'percent',
      ...parent,
    };
  });
  yield line(project, 'PlanAdopted', '2018-01-01', { items });
  const leaves = items.filter((item) => 'parent' in item);
  for (let number = 0; number < measures; number++) {
    const asOf = new Date(Date.UTC(2018, 0, 2 + Math.floor((number * 180) / measures)))
      .toISOString()
      .slice(0, 10);
    const round = Math.floor(number / leaves.length) * leaves.length;
    if (number % 50 === 49) {
      const amount = { amount: String(100 + number), unit: '万元' };
      yield line(project, 'InvestmentReported', asOf, { amount, span: 'since-start' });
    } else {
      const percent = Math.round((round * 100) / measures);
      const item = leaves[number % leaves.length]?.id;
      yield line(project, 'ProgressMeasured', asOf, { item, measure: { kind: 'percent', percent } });
    }
  }
}

function line(project: string, type: string, asOf: string, data: object): string {
  return JSON.stringify({ project, type, asOf, ...data });
}

/** Imports lines into a service, in chunks that it accepts. */
export async function importLines(url: string, lines: Iterable<string>): Promise<void> {
  let part: string[] = [];
  const send = async () => {
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await fetch(`${url}/entries`, { method: 'POST', headers, body: part.join('\n') });
    const results = (await answer.text()).trim().split('\n');
    const refused = results.find((result) => JSON.parse(result).problem);
    if (refused || results.length !== part.length) throw new Error(`an import was refused: ${refused}`);
    part = [];
  };
  for (const one of lines) {
    part.push(one);
    if (part.length === 5_000) await send();
  }
  if (part.length > 0) await send();
}
