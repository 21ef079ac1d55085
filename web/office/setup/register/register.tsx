import { useParams } from 'wouter';
import { Describe } from './describe.js';
import { RegisterForm } from './register-form.js';

/** Registers a project, or changes its details. */
export default function Register() {
  const { project } = useParams<{ project?: string }>();
  return project === undefined ? <RegisterForm /> : <Describe key={project} project={project} />;
}
