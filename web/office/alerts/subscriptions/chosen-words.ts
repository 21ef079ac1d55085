import { severities } from '../../../../domain/governance/rules.js';
import { ruleWords, severityWords } from '../../../../projections/alerts/happening-words.js';
import { useLanguage } from '../../../shared/language.js';
import type { SubscriptionShown } from '../alert-answers.js';
import { type Option, useProjects, useRoles } from '../choices.js';
import { useAlertTexts } from '../texts.js';

/** The alerts that a subscription selects, in words. */
export function useChosenWords(choice: SubscriptionShown['choice']): string {
  const say = useAlertTexts();
  const language = useLanguage();
  const projects = useProjects((choice.projects?.length ?? 0) > 0);
  const roles = useRoles();
  const called = (options: readonly Option[]) => (id: string) =>
    options.find(({ value }) => value === id)?.label ?? id;
  const parts = [
    choice.districts,
    choice.sectors,
    choice.projects?.map(called(projects)),
    choice.rules?.map((rule) => ruleWords[rule][language]),
    choice.roles?.map(called(roles)),
    choice.atLeast && [
      say(choice.atLeast === severities.at(-1) ? 'ofSeverity' : 'orMore', {
        severity: severityWords[choice.atLeast][language],
      }),
    ],
  ];
  const words = parts.flatMap((part) => (part ? [part.join(say('or'))] : []));
  return words.join(' · ') || say('everything');
}
