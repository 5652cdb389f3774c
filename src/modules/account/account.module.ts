import { Module } from '@nestjs/common';
import { AttemptModule } from '../attempt/attempt.module.js';
import { PersonalModule } from '../personal/personal.module.js';
import { SessionModule } from '../session/session.module.js';
import { AccountRepository } from './account.repository.js';
import { AccountService } from './account.service.js';
import { PasswordHasher } from './password/password-hasher.js';
import { PasswordService } from './password/password.service.js';
import { ProofService } from './proof.service.js';
import { SafetyController } from './safety.controller.js';
import { SafetyService } from './safety.service.js';
import { SessionListService } from './session-list.service.js';
import { UserController } from './user.controller.js';

/** Registration, login, sessions, the password and the account's end. */
@Module({
  imports: [AttemptModule, PersonalModule, SessionModule],
  controllers: [UserController, SafetyController],
  providers: [
    AccountRepository,
    AccountService,
    SafetyService,
    SessionListService,
    ProofService,
    PasswordService,
    PasswordHasher,
  ],
})
export class AccountModule {}
