import { equipmentSteps, part, type Template } from './template.js';

export const road: Template = {
  name: 'road',
  title: { en: 'Road', zh: '道路' },
  sectors: ['road', 'highway', 'street', 'transport', 'traffic', '道路', '公路', '交通', '市政', '街'],
  reason: {
    en: 'The parts are those of a highway budget by JTG 3830-2018 (subgrade, pavement, bridges and culverts, crossings, traffic facilities, greening), land and relocation before them. The weights are round figures for a road on level ground without tunnels.',
    zh: '部位按《公路工程建设项目概算预算编制办法》JTG 3830-2018 的路基、路面、桥涵、交叉、交通设施、绿化划分，征迁单列在前。权重为平原区无隧道道路的整数。',
  },
  parts: [
    part('land', 'Land and relocation', '征地拆迁', 10, { span: [0, 25] }),
    part('subgrade', 'Subgrade', '路基工程', 28, {
      parts: [
        part('earthworks', 'Earthworks', '土石方', 60, { span: [10, 50] }),
        part('protection', 'Drainage and slopes', '排水与防护', 40, { span: [30, 65] }),
      ],
    }),
    part('structures', 'Bridges and culverts', '桥梁与涵洞', 17, { span: [15, 60] }),
    part('pavement', 'Pavement', '路面工程', 27, {
      after: ['earthworks'],
      parts: [
        part('base', 'Base courses', '底基层与基层', 55, { span: [45, 80] }),
        part('surface', 'Surface courses', '面层', 45, { span: [70, 92], after: ['base'] }),
      ],
    }),
    part('crossings', 'Crossings', '交叉工程', 6, { span: [50, 85] }),
    part('facilities', 'Signs, barriers and lighting', '标志、护栏与照明', 7, { span: [80, 97] }),
    part('greening', 'Greening', '绿化与环保', 3, { span: [75, 98] }),
    part('opening', 'Inspection and opening', '交工验收与通车', 2, {
      measure: 'done',
      span: [97, 100],
      after: ['surface', 'facilities'],
      stage: 'opened-to-traffic',
    }),
  ],
};

export const bridge: Template = {
  name: 'bridge',
  title: { en: 'Bridge', zh: '桥梁' },
  sectors: ['bridge', 'viaduct', '桥', '高架', '立交'],
  reason: {
    en: 'The parts are those by which bridges are inspected in JTG F80/1-2017 (foundations and substructure, superstructure, deck and approaches). The weights are round figures for a bridge of precast beams; piles, piers and beams are counted.',
    zh: '部位按《公路工程质量检验评定标准》JTG F80/1-2017 的基础及下部构造、上部构造、桥面系与引道划分。权重为预制梁桥的整数，桩、墩、梁按数量计。',
  },
  parts: [
    part('preparation', 'Site, access and precasting yard', '场地、便道与预制场', 5, { span: [0, 12] }),
    part('substructure', 'Foundations and substructure', '基础及下部构造', 38, {
      after: ['preparation'],
      parts: [
        part('piles', 'Piles', '桩基', 45, { measure: 'count', unit: '根', span: [8, 40] }),
        part('piers', 'Piers and abutments', '墩台', 55, {
          measure: 'count',
          unit: '座',
          span: [22, 58],
        }),
      ],
    }),
    part('superstructure', 'Superstructure', '上部构造', 35, {
      parts: [
        part('beams', 'Beams made', '梁板预制', 55, { measure: 'count', unit: '片', span: [25, 68] }),
        part('erection', 'Beams erected', '梁板架设', 45, {
          measure: 'count',
          unit: '片',
          span: [50, 78],
        }),
      ],
    }),
    part('deck', 'Deck, barriers and joints', '桥面铺装、护栏与伸缩缝', 12, {
      span: [70, 92],
      after: ['erection'],
    }),
    part('approaches', 'Approaches', '引道', 7, { span: [60, 92] }),
    part('opening', 'Load test, inspection and opening', '荷载试验、验收与通车', 3, {
      measure: 'steps',
      span: [92, 100],
      steps: [
        { id: 'tested', name: { en: 'load test', zh: '荷载试验' }, weight: 40 },
        { id: 'inspected', name: { en: 'inspection', zh: '交工验收' }, weight: 30 },
        { id: 'opened', name: { en: 'opening', zh: '通车' }, weight: 30 },
      ],
      after: ['deck', 'approaches'],
    }),
  ],
};

export const waterWorks: Template = {
  name: 'water-works',
  title: { en: 'Water works, sewage treatment', zh: '水厂、污水处理与管网' },
  sectors: [
    'water',
    'sewage',
    'sewer',
    'drain',
    'environment',
    'pipe',
    '水务',
    '供水',
    '污水',
    '水厂',
    '水利',
    '管网',
    '环保',
    '排水',
  ],
  reason: {
    en: 'Pipes are divided as in GB 50268-2008 (trench, pipe, backfill), basins as in GB 50141-2008 (structure, then the test that they hold water). The weights are round figures for works with about as much in the pipes as in the plant.',
    zh: '管道按《给水排水管道工程施工及验收规范》GB 50268-2008（沟槽、管道、回填），构筑物按《给水排水构筑物工程施工及验收规范》GB 50141-2008（结构、满水试验）划分。权重为厂区与管网造价相当时的整数。',
  },
  parts: [
    part('land', 'Land and site', '征地与场地', 5, { span: [0, 12] }),
    part('basins', 'Basins and buildings of the plant', '厂区构筑物与厂房', 28, {
      after: ['land'],
      parts: [
        part('basins-structure', 'Structures', '结构', 80, { span: [10, 55] }),
        part('basins-test', 'Basins hold water', '满水试验', 20, {
          span: [50, 65],
          after: ['basins-structure'],
        }),
      ],
    }),
    part('network', 'Pipe network', '管网', 32, {
      measure: 'steps',
      span: [15, 80],
      steps: [
        { id: 'trench', name: { en: 'trench', zh: '沟槽开挖' }, weight: 25 },
        { id: 'pipe', name: { en: 'pipe laid', zh: '管道安装' }, weight: 50 },
        { id: 'tested', name: { en: 'pressure or leak test', zh: '水压或闭水试验' }, weight: 10 },
        { id: 'backfill', name: { en: 'backfill', zh: '回填' }, weight: 15 },
      ],
    }),
    part('pumping', 'Pumping stations', '泵站', 8, { measure: 'count', unit: '座', span: [25, 70] }),
    part('equipment', 'Equipment', '设备', 18, {
      measure: 'steps',
      steps: equipmentSteps,
      span: [55, 90],
      after: ['basins-structure'],
    }),
    part('outdoor', 'Roads and greening of the plant', '厂区道路与绿化', 4, { span: [70, 95] }),
    part('trial', 'Trial run', '试运行', 3, {
      measure: 'done',
      span: [90, 97],
      after: ['equipment', 'basins-test', 'network'],
      stage: 'trial-production',
    }),
    part('running', 'Into service', '通水投运', 2, {
      measure: 'done',
      span: [97, 100],
      after: ['trial'],
      stage: 'in-production',
    }),
  ],
};
