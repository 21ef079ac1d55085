import { Alert, Autocomplete, Button, Group, Select, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { mayWords } from '../../../../domain/access/permission-words.js';
import { conflicting, type Role, roleNames, roles } from '../../../../domain/access/roles.js';
import type { Scope } from '../../../../domain/access/scope.js';
import type { PersonAnswer } from '../../../../src/app/access/access.js';
import { useLanguage } from '../../../shared/language.js';
import { useGroups, useProjects } from '../../alerts/choices.js';
import { SearchedSelect } from '../../parts/searched-select.js';
import { Refused } from '../../setup/refused.js';
import styles from '../access.module.css';
import { hasRole, rolesNow, useChange } from '../people-queries.js';
import { useAccessTexts } from '../texts.js';

const kinds = ['installation', 'district', 'project'] as const;

/** Gives a role within a scope: says what it allows before, and why one person cannot hold some roles together. */
export function GiveRole({ person, name }: { person: PersonAnswer; name: string }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const [role, setRole] = useState<Role>('inspector');
  const [kind, setKind] = useState<Scope['kind']>('district');
  const [district, setDistrict] = useState('');
  const [project, setProject] = useState<string | null>(null);
  const districts = useGroups('district');
  const projects = useProjects(kind === 'project');
  const scope = scopeIn({ kind, district: district.trim(), project });
  const held = rolesNow(person).map((grant) => grant.role);
  const other = conflicting(role, held);
  const isHeld = scope !== undefined && hasRole(person, { role, scope });
  const give = useChange<Scope>((where) => ({
    method: 'POST',
    path: `/people/${person.person}/grants`,
    body: { role, scope: where },
  }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (scope && !other && !isHeld) give.mutate(scope);
  };
  return (
    <form onSubmit={submit}>
      <div className={styles.fields}>
        <Select
          label={say('role')}
          allowDeselect={false}
          data={roles.map((one) => ({ value: one, label: roleNames[one][language] }))}
          value={role}
          onChange={(next) => next && setRole(next as Role)}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <Select
          label={say('scope')}
          allowDeselect={false}
          data={kinds.map((one) => ({ value: one, label: say(`scope.${one}`) }))}
          value={kind}
          onChange={(next) => next && setKind(next as Scope['kind'])}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        {kind === 'district' && (
          <Autocomplete
            label={say('district')}
            description={say('districtHint')}
            data={districts}
            maxLength={200}
            value={district}
            onChange={setDistrict}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
        )}
        {kind === 'project' && (
          <SearchedSelect
            label={say('project')}
            nothingFound={say('noneFound')}
            choices={projects}
            value={project}
            onChange={setProject}
          />
        )}
      </div>
      {other ? (
        <Alert color="var(--waits)" variant="outline" my="sm" role="status">
          {say('separate', { role: roleNames[role][language], other: roleNames[other][language] })}
        </Alert>
      ) : (
        scope && (
          <Text size="sm" my="sm" role="status">
            {isHeld ? say('held', { name }) : say('giveSays', { name, may: mayWords(role, scope)[language] })}
          </Text>
        )
      )}
      <Refused error={give.error} fields={[]} />
      <Group mt="sm">
        <Button type="submit" disabled={!scope || other !== undefined || isHeld} loading={give.isPending}>
          {say('giveButton')}
        </Button>
      </Group>
    </form>
  );
}

/** The scope that is typed; undefined while its district or project is missing. */
function scopeIn({
  kind,
  district,
  project,
}: {
  kind: Scope['kind'];
  district: string;
  project: string | null;
}): Scope | undefined {
  if (kind === 'installation') return { kind };
  if (kind === 'district') return district === '' ? undefined : { kind, district };
  return project === null ? undefined : { kind, project };
}
