import { Global, Module } from '@nestjs/common';
import { LimitsModule } from '../../protocol/limits/limits.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { PersonalModule } from '../personal/personal.module.js';
import { PROVEN_MOBILES } from '../personal/proven-mobiles.js';
import { PlatformIdentityModule } from '../platform-identity/platform-identity.module.js';
import { SessionModule } from '../session/session.module.js';
import { VerificationModule } from '../verification/verification.module.js';
import { AccountRepository } from './account.repository.js';
import { AccountService } from './account.service.js';
import { BindingService } from './binding.service.js';
import { CodeController } from './code.controller.js';
import { CodeService } from './code.service.js';
import { CredentialsRepository } from './credentials.repository.js';
import { KnownAddressRepository } from './known-address.repository.js';
import { LoginCaptchaService } from './login-captcha.service.js';
import { LoginSubjects } from './login-subject.service.js';
import { OperatorPasswordService } from './operator/operator-password.service.js';
import { OperatorRepository } from './operator/operator.repository.js';
import { OperatorService } from './operator/operator.service.js';
import { OwnerProof } from './owner-proof.service.js';
import { PasswordResetService } from './password-reset.service.js';
import { CommonPasswords } from './password/common-passwords.js';
import { NewPasswords } from './password/new-passwords.service.js';
import { PasswordHasher } from './password/password-hasher.js';
import { PasswordService } from './password/password.service.js';
import { PlatformSignIn } from './platform-sign-in.service.js';
import { ProofService } from './proof.service.js';
import { ProvenMobileService } from './proven-mobile.service.js';
import { RegistrationLimit } from './registration-limit.service.js';
import { SafetyController } from './safety.controller.js';
import { SafetyService } from './safety.service.js';
import { SessionListService } from './session-list.service.js';
import { SignInService } from './sign-in.service.js';
import { UserController } from './user.controller.js';

/**
 * Registration, login, sessions, the password and the account's end; what operators do to accounts. The
 * profile binds numbers with it.
 */
@Global()
@Module({
  imports: [
    AuditModule,
    LimitsModule,
    PersonalModule,
    PlatformIdentityModule,
    SessionModule,
    VerificationModule,
  ],
  controllers: [UserController, CodeController, SafetyController],
  providers: [
    CredentialsRepository,
    AccountRepository,
    SignInService,
    AccountService,
    ProvenMobileService,
    { provide: PROVEN_MOBILES, useExisting: ProvenMobileService },
    PlatformSignIn,
    SafetyService,
    SessionListService,
    ProofService,
    OwnerProof,
    CodeService,
    LoginCaptchaService,
    LoginSubjects,
    KnownAddressRepository,
    RegistrationLimit,
    PasswordResetService,
    BindingService,
    PasswordService,
    PasswordHasher,
    NewPasswords,
    CommonPasswords,
    OperatorRepository,
    OperatorService,
    OperatorPasswordService,
  ],
  exports: [
    CodeService,
    OperatorPasswordService,
    OperatorService,
    PROVEN_MOBILES,
    PlatformSignIn,
    ProvenMobileService,
    SignInService,
  ],
})
export class AccountModule {}
