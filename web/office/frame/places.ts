import { type ComponentType } from 'react';
import { useLocation } from 'wouter';
import { useLanguage } from '../../shared/language.js';
import { usePlaceOf } from '../../shared/moment.js';
import { screens } from '../screens.js';
import { useMay } from '../use/self.js';

/** A screen of the navigation, as the user is offered it. */
export interface Place {
  path: string;
  href: string;
  label: string;
  beside?: ComponentType;
  /** Its picture in the bar of a phone; the others are under "more". */
  icon?: ComponentType;
  /** That it is shown: `page` itself, `true` for a screen that belongs to it. */
  current?: 'page' | 'true';
}

/** The screens of the navigation that the user may open, in order. */
export function usePlaces(): Place[] {
  const may = useMay();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const [here] = useLocation();
  return screens.flatMap(({ path, navigation, needs }) => {
    if (!navigation || !(needs === undefined || needs.some((need) => may(need)))) return [];
    const { label, beside, icon, within = [`${path}/`] } = navigation;
    const current =
      here === path ? 'page' : within.some((begin) => here.startsWith(begin)) ? 'true' : undefined;
    return [{ path, href: placeOf(path), label: label[language], beside, icon, current }];
  });
}
