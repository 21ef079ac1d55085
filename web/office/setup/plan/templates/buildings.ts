import { equipmentSteps, part, type Template } from './template.js';

const divisions = {
  en: 'The parts are the divisions of a building by GB 50300-2013 (foundations, structure, roof, fit-out, services, lifts). ',
  zh: '部位按《建筑工程施工质量验收统一标准》GB 50300-2013 的分部工程划分（地基与基础、主体结构、屋面、装饰装修、机电、电梯）。',
};

export const housing: Template = {
  name: 'housing',
  title: { en: 'Housing, resettlement', zh: '住宅、安置房' },
  sectors: [
    'hous',
    'resettle',
    'residen',
    'dwelling',
    '住宅',
    '安置',
    '棚改',
    '棚户',
    '房地产',
    '保障房',
    '公租房',
  ],
  reason: {
    en: `${divisions.en}The weights are round figures by usual shares of the cost of storeyed flats, with the handing over at the end; buildings are counted as they are capped.`,
    zh: `${divisions.zh}权重为多高层住宅造价通常占比的整数，以交付收尾；主体按封顶栋数计。`,
  },
  parts: [
    part('clearing', 'Clearing and levelling', '拆迁与场地平整', 5, { span: [0, 10] }),
    part('foundations', 'Foundations and basements', '地基与基础、地下室', 15, {
      span: [8, 28],
      after: ['clearing'],
    }),
    part('structure', 'Buildings capped', '主体封顶', 35, {
      measure: 'count',
      unit: '栋',
      span: [22, 58],
      after: ['foundations'],
    }),
    part('envelope', 'Masonry, roofs and facades', '砌体、屋面与外墙', 12, {
      span: [45, 72],
    }),
    part('services', 'Water, power, heating and lifts', '水电暖与电梯', 13, { span: [55, 85] }),
    part('fit-out', 'Fit-out', '装饰装修', 10, { span: [65, 90], after: ['envelope'] }),
    part('outdoor', 'Roads, pipes and greening of the estate', '小区道路、管网与绿化', 7, { span: [75, 96] }),
    part('handover', 'Completion inspection and handing over', '竣工验收与交付', 3, {
      measure: 'steps',
      span: [95, 100],
      steps: [
        { id: 'inspected', name: { en: 'completion inspection', zh: '竣工验收' }, weight: 60 },
        { id: 'handed-over', name: { en: 'handing over', zh: '交付' }, weight: 40 },
      ],
      after: ['fit-out', 'services', 'outdoor'],
    }),
  ],
};

export const publicBuilding: Template = {
  name: 'public-building',
  title: { en: 'School, hospital, public building', zh: '学校、医院、公共建筑' },
  sectors: [
    'school',
    'hospital',
    'educat',
    'health',
    'medic',
    'public',
    'cultur',
    'sport',
    'univers',
    '学校',
    '教育',
    '医院',
    '卫生',
    '医疗',
    '文化',
    '体育',
    '民生',
    '公共',
    '养老',
  ],
  reason: {
    en: `${divisions.en}The weights are round figures: services and equipment weigh more than in housing, because laboratories, theatres and halls have more of them.`,
    zh: `${divisions.zh}权重取整：实验室、手术室、场馆等机电与设备较多，故机电和设备的权重高于住宅。`,
  },
  parts: [
    part('site', 'Site preparation', '场地准备', 3, { span: [0, 8] }),
    part('foundations', 'Foundations', '地基与基础', 12, { span: [6, 25], after: ['site'] }),
    part('structure', 'Main structure', '主体结构', 30, {
      measure: 'storeys',
      span: [20, 50],
      after: ['foundations'],
    }),
    part('envelope', 'Roof and facade', '屋面与外墙', 12, { span: [42, 65], after: ['structure'] }),
    part('services', 'Building services', '机电安装', 15, {
      parts: [
        part('water', 'Water and heating', '给排水与采暖', 30, { span: [45, 75] }),
        part('power', 'Power and low-voltage systems', '电气与智能化', 35, { span: [45, 80] }),
        part('air', 'Ventilation and fire protection', '通风与消防', 35, { span: [50, 82] }),
      ],
    }),
    part('fit-out', 'Fit-out', '装饰装修', 13, { span: [60, 88], after: ['envelope'] }),
    part('equipment', 'Teaching or medical equipment', '教学或医疗设备', 7, {
      measure: 'steps',
      steps: equipmentSteps,
      span: [78, 96],
    }),
    part('outdoor', 'Grounds, sports areas and greening', '室外、运动场与绿化', 6, { span: [72, 95] }),
    part('opening', 'Completion inspection and opening', '竣工验收与启用', 2, {
      measure: 'done',
      span: [96, 100],
      after: ['fit-out', 'services'],
      stage: 'in-use',
    }),
  ],
};

export const commercial: Template = {
  name: 'commercial-tourism',
  title: { en: 'Commerce, tourism, logistics', zh: '商业、旅游、物流' },
  sectors: [
    'commerc',
    'touris',
    'hotel',
    'retail',
    'market',
    'logist',
    'service',
    'leisure',
    '商业',
    '商贸',
    '旅游',
    '酒店',
    '文旅',
    '物流',
    '市场',
    '景区',
    '服务业',
  ],
  reason: {
    en: `${divisions.en}The weights are round figures: fit-out and grounds weigh more than in other buildings, and letting before the opening is a part of its own.`,
    zh: `${divisions.zh}权重取整：装修与室外环境占比高于一般建筑，开业前的招商筹备单列。`,
  },
  parts: [
    part('site', 'Site preparation', '场地准备', 5, { span: [0, 10] }),
    part('foundations', 'Foundations', '地基与基础', 12, { span: [8, 25], after: ['site'] }),
    part('structure', 'Main structure', '主体结构', 28, { span: [20, 48], after: ['foundations'] }),
    part('envelope', 'Roof and facade', '屋面与外墙', 12, { span: [42, 62], after: ['structure'] }),
    part('services', 'Building services', '机电安装', 13, { span: [45, 78] }),
    part('fit-out', 'Fit-out', '装饰装修', 15, { span: [58, 90], after: ['envelope'] }),
    part('outdoor', 'Grounds, parking and landscape', '广场、停车与景观', 10, { span: [60, 92] }),
    part('opening', 'Letting, inspection and opening', '招商、验收与开业', 5, {
      measure: 'steps',
      span: [80, 100],
      steps: [
        { id: 'let', name: { en: 'letting', zh: '招商' }, weight: 40 },
        { id: 'inspected', name: { en: 'completion inspection', zh: '竣工验收' }, weight: 30 },
        { id: 'opened', name: { en: 'opening', zh: '开业' }, weight: 30 },
      ],
    }),
  ],
};
