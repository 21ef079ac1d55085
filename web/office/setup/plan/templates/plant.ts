import { equipmentSteps, part, type Template } from './template.js';

export const plant: Template = {
  name: 'industrial-plant',
  title: { en: 'Industrial plant', zh: '工业厂房' },
  sectors: [
    'industr',
    'plant',
    'factory',
    'vehicle',
    'chemical',
    'furniture',
    'wood',
    'machin',
    'electron',
    'food',
    'textile',
    'metal',
    '工业',
    '制造',
    '汽车',
    '化工',
    '家居',
    '木',
    '机械',
    '电子',
    '食品',
    '医药',
    '建材',
    '纺织',
  ],
  reason: {
    en: 'The stages and weights of the example district: the frame is the largest part of the cost, production ends it. Take those of your own bill of quantities where there is one.',
    zh: '套用示例区县的阶段与权重：主体结构占造价最大，以投产收尾。如有工程量清单，请以其为准。',
  },
  parts: [
    part('site', 'Site levelling', '土地平整', 5, { span: [0, 10] }),
    part('structure', 'Main structure', '主体结构', 35, {
      after: ['site'],
      parts: [
        part('foundations', 'Foundations', '基础', 30, { span: [8, 25] }),
        part('frame', 'Frame', '主体框架', 70, { span: [20, 50], after: ['foundations'] }),
      ],
    }),
    part('envelope', 'Roofs and outer walls', '屋面与外墙', 15, {
      span: [45, 62],
      after: ['structure'],
    }),
    part('fit-out', 'Fit-out', '装修', 10, { span: [60, 78], after: ['envelope'] }),
    part('outdoor', 'Outdoor works', '室外工程', 10, {
      after: ['site'],
      parts: [
        part('roads', 'Roads and yards', '道路与场地', 40, { span: [65, 85] }),
        part('pipes', 'Rainwater pipes and sewers', '雨污水管', 40, { span: [55, 75] }),
        part('greening', 'Greening', '绿化', 20, { span: [80, 95] }),
      ],
    }),
    part('equipment', 'Equipment', '设备', 15, {
      measure: 'steps',
      steps: equipmentSteps,
      span: [60, 90],
      after: ['envelope'],
    }),
    part('trial', 'Trial production', '试生产', 5, {
      measure: 'done',
      span: [90, 97],
      after: ['equipment'],
      stage: 'trial-production',
    }),
    part('production', 'Production', '投产', 5, {
      measure: 'done',
      span: [97, 100],
      after: ['trial'],
      stage: 'in-production',
    }),
  ],
};
