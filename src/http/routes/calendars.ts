import { Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { WriteRequest } from '../../app/queries/asked.js';
import type { Topout } from '../../app/topout.js';
import { Answers, Asks } from '../answers/answers.js';
import { CalendarSaid, calendarOf } from '../dto/calendar.js';
import { Asked, BodyAs, CalendarName } from './parameters.js';
import { topoutToken } from './token.js';

/** Working calendars for deadlines and working hours. */
@ApiTags('rules')
@Controller('calendars')
export class CalendarsController {
  constructor(@Inject(topoutToken) private readonly topout: Topout) {}

  /** Lists included and adopted calendars. */
  @Get()
  @Answers('Calendars')
  async calendars() {
    return { items: await this.topout.governance.calendars() };
  }

  /** Adopts a whole calendar under a name; a later one of the name replaces it. */
  @Put(':name')
  @Answers('Calendar')
  @Asks()
  async adoptCalendar(
    @CalendarName() name: string,
    @BodyAs(CalendarSaid) said: CalendarSaid,
    @Asked() asked: WriteRequest,
  ) {
    return this.topout.governance.adoptCalendar(calendarOf(name, said), asked);
  }
}
