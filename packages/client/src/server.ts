export {
  type ActingFor,
  type NamedAccount,
  type PresentedRequest,
  type Service,
  type ServiceOptions,
  createService,
} from './service.ts';
export type { Accepted, Refused, Verdict, VerifyTerms } from './verdict.ts';
