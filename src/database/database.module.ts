import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { AppDataSource } from './app-data-source.js';
import { Database } from './database.js';
import { ExpiredRowsCleaner } from './expired-rows.cleaner.js';
import { Transactions } from './transactions.js';

/** Gives the modules an open data source, and closes it with the application. */
@Global()
@Module({})
export class DatabaseModule {
  /** @param dataSource open, with every migration applied */
  static forRoot(dataSource: AppDataSource): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSource.options, manualInitialization: true }),
          dataSourceFactory: () => Promise.resolve(dataSource),
        }),
      ],
      providers: [Database, { provide: Transactions, useExisting: Database }, ExpiredRowsCleaner],
      exports: [Database, Transactions, ExpiredRowsCleaner],
    };
  }
}
